# Little's test, with the EM moments of lavaan. The help of naniar::mcar_test prints 35.1, 14, 0.00142 and 4 patterns for
# airquality (R's own data set). Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file)
library(lavaan)
little <- function(d) {
  y <- as.matrix(d); y <- y[rowSums(!is.na(y)) > 0, , drop = FALSE]
  em <- lavaan:::lav_mvnorm_missing_h1_estimate_moments(Y = y, max.iter = 1e5L, tol = 1e-13, warn = FALSE)
  key <- apply(!is.na(y), 1, paste, collapse = "")
  stat <- function(S) sum(sapply(split(seq_len(nrow(y)), key), function(r) {
    o <- !is.na(y[r[1], ]); dev <- colMeans(y[r, o, drop = FALSE]) - em$Mu[o]; length(r) * drop(dev %*% solve(S[o, o, drop = FALSE], dev)) }))
  df <- sum(sapply(split(seq_len(nrow(y)), key), function(r) sum(!is.na(y[r[1], ])))) - ncol(y)
  x <- stat(em$Sigma); xc <- stat(em$Sigma * nrow(y) / (nrow(y) - 1))
  list(mean = em$Mu, covariance = em$Sigma, n = nrow(y), patterns = length(unique(key)), chiSquare = x, corrected = xc, df = df, pValue = pchisq(x, df, lower.tail = FALSE))
}
set.seed(88)
n <- 200
z <- rnorm(n)
sim <- as.data.frame(sapply(1:6, function(j) round(4 + z + rnorm(n), 3)))
sim$V2[sim$V1 > 5 & runif(n) < .6] <- NA            # depends on an answer: not MCAR
for (k in 1:90) sim[sample(n, 1), sample(3:6, 1)] <- NA
sim[7, ] <- NA
write.csv(airquality, "airquality.csv", row.names = FALSE)
write.csv(sim, "simulated.csv", row.names = FALSE)
jsonlite::write_json(list(made = c(R.version.string, paste("lavaan", packageVersion("lavaan"))), airquality = little(airquality), simulated = little(sim)), "expected.json", auto_unbox = TRUE, digits = I(17))
