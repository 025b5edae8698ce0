# Little's test within groups: for each class its own EM moments (lavaan) and statistic, and their sum.
# Run: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R (beside this file)
library(lavaan)
little <- function(y) {
  y <- as.matrix(y); y <- y[rowSums(!is.na(y)) > 0, , drop = FALSE]
  em <- lavaan:::lav_mvnorm_missing_h1_estimate_moments(Y = y, max.iter = 1e5L, tol = 1e-13, warn = FALSE)
  key <- apply(!is.na(y), 1, paste, collapse = ""); parts <- split(seq_len(nrow(y)), key)
  x <- sum(sapply(parts, function(r) { o <- !is.na(y[r[1], ]); dev <- colMeans(y[r, o, drop = FALSE]) - em$Mu[o]; length(r) * drop(dev %*% solve(em$Sigma[o, o, drop = FALSE], dev)) }))
  df <- sum(sapply(parts, function(r) sum(!is.na(y[r[1], ])))) - ncol(y)
  list(n = nrow(y), patterns = length(parts), chiSquare = x, df = df, pValue = pchisq(x, df, lower.tail = FALSE))
}
set.seed(31)
n <- 240; g <- rep(c("a", "b", "c"), c(100, 80, 60)); z <- rnorm(n)
d <- data.frame(sapply(1:4, function(j) round(z + rnorm(n) + (g == "b"), 2))); names(d) <- paste0("v", 1:4)
for (j in 1:3) d[sample(n, 20), j] <- NA
d[g == "c", ] <- lapply(d[g == "c", ], function(v) { v[is.na(v)] <- 0; v })   # nothing missing in the third group
groups <- lapply(c("a", "b"), function(k) c(list(group = k), little(d[g == k, ])))
x <- sum(sapply(groups, function(t) t$chiSquare)); df <- sum(sapply(groups, function(t) t$df))
jsonlite::write_json(list(made = c(R.version.string, paste("lavaan", packageVersion("lavaan"))), data = c(as.list(d), list(g = g)), groups = groups, chiSquare = x, df = df, pValue = pchisq(x, df, lower.tail = FALSE)), "expected.json", auto_unbox = TRUE, digits = I(15), na = "null")
