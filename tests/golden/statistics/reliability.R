# Expected reliability: psych where it computes the coefficient, formulas from covariances elsewhere,
# for omega factanal's one-factor solution polished by Newton steps on its score (factanal and lavaan stop near 1e-7). Usage: LC_ALL=C.UTF-8 Rscript reliability.R
suppressMessages({library(psych); library(numDeriv)})
source("golden.R")
# ML one-factor solution: root of the score diag(Psi^-1 (LL' + Psi - R) Psi^-1) in psi.
one_factor <- function(R) {
  load_of <- function(psi) { s <- 1 / sqrt(psi); e <- eigen(R * outer(s, s), symmetric = TRUE); sqrt(psi) * e$vectors[, 1] * sqrt(max(e$values[1] - 1, 0)) }
  score <- function(psi) { l <- load_of(psi); (l^2 + psi - diag(R)) / psi^2 }
  psi <- factanal(covmat = R, factors = 1, n.obs = 1000)$uniquenesses
  for (i in 1:6) psi <- psi - solve(numDeriv::jacobian(score, psi), score(psi))
  stopifnot(max(abs(score(psi))) < 1e-10)
  l <- load_of(psi); list(loadings = l * sign(sum(l)), psi = psi)
}
scale_of <- function(x) {
  x <- na.omit(x); k <- ncol(x); n <- nrow(x); C <- cov(x); R <- cov2cor(C)
  a <- suppressWarnings(psych::alpha(x, check.keys = FALSE, n.iter = 1)); total <- rowSums(x)
  feldt <- psych::alpha.ci(a$total$raw_alpha, n.obs = n, n.var = k)
  h <- ceiling(k / 2); s1 <- rowSums(x[, 1:h, drop = FALSE]); s2 <- rowSums(x[, (h + 1):k, drop = FALSE]); r <- cor(s1, s2); p <- h / k; q <- 1 - p
  out <- list(n = n, alpha = a$total$raw_alpha, standardizedAlpha = a$total$std.alpha, meanInterItem = a$total$average_r,
    confLow = feldt$lower.ci[[1]], confHigh = feldt$upper.ci[[1]],
    lambda2 = (sum(C) - sum(diag(C)) + sqrt(k / (k - 1) * (sum(C^2) - sum(diag(C)^2)))) / sum(C),
    scaleMean = mean(total), scaleVariance = var(total),
    itemTotal = sapply(1:k, function(i) cor(x[, i], rowSums(x[, -i, drop = FALSE]))),
    itemTotalUncorrected = sapply(1:k, function(i) cor(x[, i], total)),
    itemRest = if (k > 2) unname(a$item.stats$r.drop),
    squaredMultiple = sapply(1:k, function(i) summary(lm(x[, i] ~ as.matrix(x[, -i])))$r.squared),
    alphaIfDeleted = if (k > 2) a$alpha.drop$raw_alpha,
    scaleMeanIfDeleted = sapply(1:k, function(i) mean(rowSums(x[, -i, drop = FALSE]))),
    scaleVarianceIfDeleted = sapply(1:k, function(i) var(rowSums(x[, -i, drop = FALSE]))),
    splitHalf = list(correlation = r, spearmanBrown = 2 * r / (1 + r),
      spearmanBrownUnequal = (-r^2 + sqrt(r^4 + 4 * r^2 * (1 - r^2) * p * q)) / (2 * (1 - r^2) * p * q),
      guttman = 2 * (1 - (var(s1) + var(s2)) / var(total))))
  if (k > 2) {
    out$lambda6 <- 1 - sum(diag(C) * (1 - out$squaredMultiple)) / sum(C)
    m <- one_factor(R); l <- m$loadings * sqrt(diag(C)); th <- m$psi * diag(C)
    out$omega <- sum(l)^2 / (sum(l)^2 + sum(th))
    out$standardizedOmega <- sum(m$loadings)^2 / (sum(m$loadings)^2 + sum(m$psi))
  }
  out
}
t <- d; t$EXP4r <- 6 - t$EXP4r; t$TRU3r <- 6 - t$TRU3r
write_golden("reliability", list(
  EXP = scale_of(t[c("EXP1", "EXP2", "EXP3", "EXP4r")]), TRU = scale_of(t[c("TRU1", "TRU2", "TRU3r", "TRU4")]),
  FUN = scale_of(t[c("FUN1", "FUN2", "FUN3")]), TWO = scale_of(t[c("FUN1", "FUN2")]),
  ALL = scale_of(t[c("EXP1", "EXP2", "EXP3", "EXP4r", "TRU1", "TRU2", "TRU3r", "TRU4", "FUN1", "FUN2", "FUN3")]),
  FORGOTTEN = scale_of(d[c("EXP1", "EXP2", "EXP3", "EXP4r")])))
