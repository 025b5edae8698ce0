# Expected standard errors and intervals of reliability coefficients: the delta method with numerical derivatives
# (numDeriv) and fourth moments, normality not assumed; for omega with the model's own Jacobian, beside lavaan's robust.sem.
# Usage: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
suppressMessages({library(numDeriv); library(lavaan)})
options(digits = 17, warn = 1)
set.seed(20)
likert <- function(n, loadings, cuts) { f <- rnorm(n); sapply(loadings, function(l) as.integer(cut(l * f + sqrt(1 - l^2) * rnorm(n), c(-Inf, cuts, Inf)))) }
seven <- likert(180, c(.75, .7, .6, .5, .8, .65, .55), c(-1.6, -.9, .1, 1))
three <- likert(60, c(.7, .5, .6), c(-1, 0, .8, 1.5))
sets <- list(attitude = as.matrix(attitude), seven = seven, three = three, pair = seven[, 1:2], skewed = round(exp(seven[, 1:4] / 2), 1))

r_bar <- function(S) { R <- cov2cor(S); mean(R[lower.tri(R)]) }
half_r <- function(S) { k <- ncol(S); h <- ceiling(k / 2); a <- c(rep(1, h), rep(0, k - h)); b <- 1 - a; c(t(a) %*% S %*% b / sqrt(t(a) %*% S %*% a * t(b) %*% S %*% b)) }
horst <- function(r, k) { p <- ceiling(k / 2) / k; q <- 1 - p; (-r^2 + sqrt(r^4 + 4 * r^2 * (1 - r^2) * p * q)) / (2 * (1 - r^2) * p * q) }
coefficients <- list(
  standardizedAlpha = function(S) { k <- ncol(S); r <- r_bar(S); k * r / (1 + (k - 1) * r) },
  meanInterItem = r_bar,
  lambda2 = function(S) { k <- ncol(S); O <- S - diag(diag(S)); (sum(O) + sqrt(k / (k - 1) * sum(O^2))) / sum(S) },
  lambda6 = function(S) 1 - sum(1 / diag(solve(S))) / sum(S),
  halves = half_r,
  spearmanBrown = function(S) { r <- half_r(S); 2 * r / (1 + r) },
  spearmanBrownUnequal = function(S) horst(half_r(S), ncol(S)),
  guttman = function(S) { k <- ncol(S); h <- ceiling(k / 2); 4 * sum(S[1:h, (h + 1):k]) / sum(S) })
z <- qnorm(.975)
below_one <- function(e, se) list(estimate = e, stdError = se, confLow = 1 - (1 - e) * exp(z * se / (1 - e)), confHigh = 1 - (1 - e) * exp(-z * se / (1 - e)))
fisher <- function(e, se) list(estimate = e, stdError = se, confLow = tanh(atanh(e) - z * se / (1 - e^2)), confHigh = tanh(atanh(e) + z * se / (1 - e^2)))
# each row's part of the coefficient, from derivatives in the distinct elements of S
influence <- function(x, f) {
  S <- cov(x); low <- lower.tri(S, diag = TRUE)
  full <- function(v) { M <- matrix(0, ncol(S), ncol(S)); M[low] <- v; M + t(M) - diag(diag(M)) }
  g <- grad(function(v) f(full(v)), S[low], method.args = list(r = 6))
  m <- scale(x, scale = FALSE)
  apply(m, 1, function(row) sum(g * (row %o% row)[low]))
}
omega_of <- function(x) {
  k <- ncol(x); n <- nrow(x); S <- cov(x); R <- cov2cor(S)
  load_of <- function(psi) { s <- 1 / sqrt(psi); e <- eigen(R * outer(s, s), symmetric = TRUE); sqrt(psi) * e$vectors[, 1] * sqrt(e$values[1] - 1) }
  score <- function(psi) { l <- load_of(psi); (l^2 + psi - diag(R)) / psi^2 }
  psi <- factanal(covmat = R, factors = 1, n.obs = n)$uniquenesses
  for (i in 1:6) psi <- psi - solve(jacobian(score, psi), score(psi))
  stopifnot(max(abs(score(psi))) < 1e-10)
  l <- load_of(psi); l <- l * sign(sum(l)) * sqrt(diag(S)); psi <- psi * diag(S)
  low <- lower.tri(S, diag = TRUE)
  sigma <- function(t) (t[1:k] %o% t[1:k] + diag(t[k + 1:k]))[low]
  D <- jacobian(sigma, c(l, psi))
  W <- local({ i <- which(low, arr.ind = TRUE); P <- solve(l %o% l + diag(psi)); p <- nrow(i); M <- matrix(0, p, p)
    for (a in 1:p) for (b in 1:p) { E <- function(r) { m <- matrix(0, k, k); m[i[r, 1], i[r, 2]] <- m[i[r, 2], i[r, 1]] <- 1; m }; M[a, b] <- sum(diag(P %*% E(a) %*% P %*% E(b))) / 2 }; M })
  om <- function(t) sum(t[1:k])^2 / (sum(t[1:k])^2 + sum(t[k + 1:k]))
  g <- grad(om, c(l, psi)); h <- W %*% D %*% solve(t(D) %*% W %*% D, g)
  m <- scale(x, scale = FALSE); d <- apply(m, 1, function(row) sum(h * (row %o% row)[low]))
  se <- sd(d) / sqrt(n)
  # lavaan's robust.sem divides moments by n, which is all that parts the two
  colnames(x) <- paste0("x", 1:k); model <- paste0("f =~ ", paste0("l", 1:k, "*x", 1:k, collapse = " + "), "\n", paste0("x", 1:k, " ~~ v", 1:k, "*x", 1:k, collapse = "\n"), "\nomega := (", paste0("l", 1:k, collapse = " + "), ")^2 / ((", paste0("l", 1:k, collapse = " + "), ")^2 + ", paste0("v", 1:k, collapse = " + "), ")")
  p <- parameterEstimates(cfa(model, data.frame(x), std.lv = TRUE, se = "robust.sem", test = "standard", estimator = "ML"))
  lavaan_se <- p$se[p$label == "omega"]
  stopifnot(abs(lavaan_se / se - 1) < 1 / n)
  below_one(om(c(l, psi)), se)
}
value <- lapply(sets, function(x) {
  k <- ncol(x); n <- nrow(x); out <- list(data = unname(x))
  for (name in names(coefficients)) {
    e <- coefficients[[name]](cov(x)); se <- sd(influence(x, coefficients[[name]])) / sqrt(n)
    out[[name]] <- if (name %in% c("meanInterItem", "halves")) fisher(e, se) else below_one(e, se)
  }
  if (k > 2) out$omega <- omega_of(x)
  out$items <- lapply(1:k, function(i) {
    rest <- x[, -i, drop = FALSE]; r <- cor(x[, i], rowSums(rest)); a <- if (k > 2) { C <- cov(rest); (k - 1) / (k - 2) * (1 - sum(diag(C)) / sum(C)) } else NA
    c(itemTotalLow = tanh(atanh(r) - z / sqrt(n - 3)), itemTotalHigh = tanh(atanh(r) + z / sqrt(n - 3)),
      alphaIfDeletedLow = if (k > 2) 1 - (1 - a) * qf(.975, n - 1, (n - 1) * (k - 2)) else NA, alphaIfDeletedHigh = if (k > 2) 1 - (1 - a) * qf(.025, n - 1, (n - 1) * (k - 2)) else NA)
  })
  out$items <- do.call(rbind, out$items); out$items <- lapply(seq_len(k), function(i) as.list(out$items[i, ]))
  out
})
versions <- list(R = R.version.string, numDeriv = as.character(packageVersion("numDeriv")), lavaan = as.character(packageVersion("lavaan")))
writeLines(jsonlite::toJSON(list(versions = versions, value = value), digits = I(15), auto_unbox = TRUE, na = "null"), "expected.json")
