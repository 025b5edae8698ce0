# Indices of careless answering and Mahalanobis distances, in base R.
# Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file)
set.seed(20240607)
n <- 120
items <- paste0("q", 1:12)
latent <- rnorm(n)
d <- as.data.frame(lapply(items, function(i) pmin(7, pmax(1, round(4 + 1.1 * latent + rnorm(n))))))
names(d) <- items
d[5, ] <- 4                                   # a straight-liner
d[9, 3:11] <- 2                               # a long run
d[14, ] <- rep(c(1, 7), 6)                    # an outlier in many dimensions
for (k in 1:40) d[sample(n, 1), sample(12, 1)] <- NA
d[20, 1:6] <- NA
d$seconds <- round(rlnorm(n, 5, .5))
d$att <- sample(c(3, 3, 3, 3, 1), n, replace = TRUE)
d[60, items] <- d[59, items]
write.csv(d, "data.csv", row.names = FALSE, na = "")
x <- as.matrix(d[, items])
longest <- apply(x, 1, function(r) { r[is.na(r)] <- -seq_len(sum(is.na(r))); k <- rle(r); max(k$lengths[k$values > 0]) })
complete <- stats::complete.cases(x)
m <- rep(NA_real_, n)
m[complete] <- mahalanobis(x[complete, ], colMeans(x[complete, ]), cov(x[complete, ]))
p <- pchisq(m, length(items), lower.tail = FALSE)
num <- function(v) paste0("[", paste(ifelse(is.na(v), "null", formatC(v, digits = 17, format = "g")), collapse = ","), "]")
cat("{\n\"made\": \"", R.version.string, "\",\n",
    "\"longString\": ", num(longest), ",\n",
    "\"deviation\": ", num(apply(x, 1, sd, na.rm = TRUE)), ",\n",
    "\"missingShare\": ", num(rowMeans(is.na(x))), ",\n",
    "\"squaredDistance\": ", num(m), ",\n",
    "\"pValue\": ", num(p), "\n}\n", sep = "", file = "expected.json")
