# What is read off fitted regressions, from base R on the data of ../process:
# interaction lines, unusual cases, importance and performance.
# Run: LC_ALL=C.UTF-8 Rscript make.R
suppressPackageStartupMessages(library(jsonlite))
raw <- fromJSON("../process/expected.json")$data
d <- as.data.frame(lapply(raw, as.numeric))
d1 <- d[complete.cases(d[, c("y", "x", "w", "k", "s")]), ]
out <- list(R = R.version.string)

# predicted outcome at the ends of x, at mean and one SD to either side of w, other variables at their means
f <- lm(y ~ x * w + k + s, d1)
ends <- range(d1$x); at <- mean(d1$w) + c(-1, 0, 1) * sd(d1$w)
out$interaction <- list(from = ends[1], to = ends[2], lines = lapply(at, function(w0) unname(predict(f, data.frame(x = ends, w = w0, k = mean(d1$k), s = mean(d1$s))))))

# cases: studentized deleted residual, leverage, Cook's distance, DFFITS, DFBETAS
g <- lm(y ~ x + w + k, d1); n <- nrow(d1); p <- length(coef(g))
t <- rstudent(g); h <- hatvalues(g); D <- cooks.distance(g)
keep <- which(abs(t) > 3 | h > 3 * p / n | D > 4 / n); keep <- keep[order(-D[keep])]
B <- dfbetas(g)[keep, , drop = FALSE]; top <- apply(abs(B), 1, which.max)
out$cases <- list(row = as.integer(rownames(d1)[keep]), fitted = unname(fitted(g)[keep]), deletedResidual = unname(t[keep]), leverage = unname(h[keep]), cook = unname(D[keep]), dffits = unname(dffits(g)[keep]), dfbetas = B[cbind(seq_along(keep), top)], parameter = colnames(B)[top])

# importance (standardized slopes) and performance (0 to 100) of two constructs of items 1 to 5
set.seed(12); N <- 90; a <- rnorm(N); b <- .4 * a + rnorm(N)
item <- function(z) pmin(5, pmax(1, round(3 + z + rnorm(N, 0, .6))))
items <- data.frame(a1 = item(a), a2 = item(a), b1 = item(b - .8), b2 = item(b - .8), z = item(.5 * a + .3 * b))
A <- rowMeans(items[, 1:2]); Bs <- rowMeans(items[, 3:4]); m <- lm(z ~ A + Bs, items)
out$map <- list(data = lapply(items, function(v) v), importance = unname(coef(m)[-1] * c(sd(A), sd(Bs)) / sd(items$z)), performance = 100 * (c(mean(A), mean(Bs)) - 1) / 4)
write(toJSON(out, digits = I(17), auto_unbox = TRUE), "expected.json")
