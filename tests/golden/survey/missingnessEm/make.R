# Little's test with an EM algorithm of its own in base R (Little & Rubin 2002, 11.2), run to 1e-13, on data with many
# patterns and up to half of the answers missing. Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file)
em <- function(y, tol = 1e-13, most = 2e5) {
  n <- nrow(y); p <- ncol(y); mu <- colMeans(y, na.rm = TRUE)
  S <- diag(apply(y, 2, function(v) mean((v - mean(v, na.rm = TRUE))^2, na.rm = TRUE)))
  patterns <- split(seq_len(n), apply(is.na(y), 1, paste, collapse = ""))
  for (i in seq_len(most)) {
    first <- numeric(p); second <- matrix(0, p, p)
    for (r in patterns) {
      m <- is.na(y[r[1], ]); o <- !m; Y <- y[r, , drop = FALSE]; C <- matrix(0, p, p)
      if (any(m)) {
        B <- S[m, o, drop = FALSE] %*% solve(S[o, o])
        Y[, m] <- rep(mu[m], each = length(r)) + sweep(Y[, o, drop = FALSE], 2, mu[o]) %*% t(B)
        C[m, m] <- S[m, m] - B %*% S[o, m, drop = FALSE]
      }
      first <- first + colSums(Y); second <- second + crossprod(Y) + length(r) * C
    }
    mu2 <- first / n; S2 <- second / n - tcrossprod(mu2)
    change <- max(abs(c(mu2 - mu, S2 - S))); mu <- mu2; S <- S2
    if (change < tol) break
  }
  stopifnot(i < most)
  list(mu = mu, S = S)
}
little <- function(y) {
  y <- y[rowSums(!is.na(y)) > 0, ]; e <- em(y); stat <- 0; df <- -ncol(y)
  patterns <- split(seq_len(nrow(y)), apply(!is.na(y), 1, paste, collapse = ""))
  for (r in patterns) { o <- !is.na(y[r[1], ]); v <- colMeans(y[r, o, drop = FALSE]) - e$mu[o]; stat <- stat + length(r) * drop(v %*% solve(e$S[o, o, drop = FALSE], v)); df <- df + sum(o) }
  list(chiSquare = stat, df = df, pValue = pchisq(stat, df, lower.tail = FALSE), n = nrow(y), patterns = length(patterns))
}
set.seed(5)
cases <- list()
for (k in 1:4) {
  n <- c(80, 150, 300, 60)[k]; p <- c(8, 5, 10, 6)[k]; z <- rnorm(n)
  y <- sapply(seq_len(p), function(j) round(z * c(.3, .9, .6, 1.2)[k] + rnorm(n), 2))
  y[matrix(runif(n * p) < c(.4, .2, .3, .5)[k], n)] <- NA
  cases[[k]] <- c(list(data = lapply(seq_len(p), function(j) y[, j])), little(y))
}
jsonlite::write_json(list(made = R.version.string, cases = cases), "expected.json", auto_unbox = TRUE, digits = I(16), na = "null")
