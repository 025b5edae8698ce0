# Logistic regression from glm (tight tolerance) and ordinal regression from
# MASS::polr, polished by Newton steps on numDeriv's derivatives, since polr
# stops early. Run: LC_ALL=C.UTF-8 Rscript make.R
suppressPackageStartupMessages({library(MASS); library(numDeriv); library(jsonlite)})
set.seed(4242)
n <- 260
d <- data.frame(a = round(rnorm(n, 3.5, .8), 2), b = round(runif(n, 1, 7), 1), g = sample(c("u", "v", "w"), n, TRUE))
eta <- -2 + .7 * d$a - .2 * d$b + .8 * (d$g == "v")
d$z <- ifelse(runif(n) < plogis(eta), "yes", "no")
d$o <- as.integer(cut(eta + rlogis(n), c(-Inf, -1.5, -.2, .6, 1.8, Inf)))
d$a[7] <- NA; d$z[50] <- NA; d$o[90] <- NA
out <- list(data = lapply(d, function(v) v))
ctl <- glm.control(epsilon = 1e-15, maxit = 100)
f <- glm(I(z == "yes") ~ a + b + g, binomial, d, control = ctl); s <- summary(f)$coefficients
d2 <- d[complete.cases(d[, c("z", "a", "b", "g")]), ]
f1 <- glm(I(z == "yes") ~ a, binomial, d2, control = ctl); f0 <- glm(I(z == "yes") ~ 1, binomial, d2, control = ctl)
ci <- cbind(s[, 1] - qnorm(.975) * s[, 2], s[, 1] + qnorm(.975) * s[, 2])
N <- nobs(f); p <- fitted(f); y <- as.numeric(d2$z == "yes")
lr <- function(small, large) { x <- 2 * (as.numeric(logLik(large)) - as.numeric(logLik(small))); k <- attr(logLik(large), "df") - attr(logLik(small), "df"); c(x, k, pchisq(x, k, lower.tail = FALSE)) }
pseudo <- function(ll, ll0, N) { cs <- 1 - exp(2 * (ll0 - ll) / N); c(cs, cs / (1 - exp(2 * ll0 / N)), 1 - ll / ll0) }
br <- cut(p, quantile(p, seq(0, 1, .1)), include.lowest = TRUE); O <- tapply(y, br, sum); E <- tapply(p, br, sum); M <- tapply(p, br, length)
hl <- sum((O - E)^2 / (E * (1 - E / M)))
auc <- { r <- rank(p); (sum(r[y == 1]) - sum(y) * (sum(y) + 1) / 2) / (sum(y) * sum(1 - y)) }
out$logistic <- list(terms = rownames(s), estimate = unname(s[, 1]), stdError = unname(s[, 2]), statistic = unname(s[, 3]), pValue = unname(s[, 4]), low = unname(ci[, 1]), high = unname(ci[, 2]), n = N, logLik = as.numeric(logLik(f)), nullLogLik = as.numeric(logLik(f0)), model = lr(f0, f), block1 = lr(f0, f1), block2 = lr(f1, f),
  pseudo = pseudo(as.numeric(logLik(f)), as.numeric(logLik(f0)), N), aic = AIC(f), bic = BIC(f), fitted = unname(p), table = as.vector(table(factor(p >= .5, c(FALSE, TRUE)), factor(y, 0:1))), hl = c(hl, 8, pchisq(hl, 8, lower.tail = FALSE)), auc = auc)
polish <- function(link) {
  F <- if (link == "logit") plogis else pnorm
  dd <- d[complete.cases(d[, c("o", "a", "b", "g")]), ]
  m <- polr(factor(o) ~ a + b + g, dd, method = if (link == "logit") "logistic" else "probit", Hess = TRUE, control = list(reltol = 1e-15, maxit = 1000))
  X <- model.matrix(~ a + b + g, dd)[, -1]; J <- max(dd$o); k <- ncol(X)
  ll <- function(q) { z <- c(-Inf, q[1:(J - 1)], Inf); e <- as.vector(X %*% q[-(1:(J - 1))]); sum(log(F(z[dd$o + 1] - e) - F(z[dd$o] - e))) }
  q <- c(m$zeta, coef(m))
  for (i in 1:4) q <- q - solve(hessian(ll, q), grad(ll, q))
  V <- solve(-hessian(ll, q)); se <- sqrt(diag(V)); ll0 <- sum(table(dd$o) * log(table(dd$o) / nrow(dd)))
  # one set of slopes per threshold: test of parallel lines
  ll2 <- function(q) { E <- X %*% matrix(q[-(1:(J - 1))], k); n <- nrow(X); up <- ifelse(dd$o < J, q[pmin(dd$o, J - 1)] - E[cbind(1:n, pmin(dd$o, J - 1))], Inf); lo <- ifelse(dd$o > 1, q[pmax(dd$o - 1, 1)] - E[cbind(1:n, pmax(dd$o - 1, 1))], -Inf); pr <- F(up) - F(lo); if (any(pr <= 0)) -1e10 else sum(log(pr)) }
  q2 <- c(q[1:(J - 1)], rep(q[-(1:(J - 1))], J - 1))
  for (i in 1:8) q2 <- q2 - solve(hessian(ll2, q2), grad(ll2, q2))
  pl <- 2 * (ll2(q2) - ll(q))
  list(parallel = c(pl, k * (J - 2), pchisq(pl, k * (J - 2), lower.tail = FALSE)), parallelGradient = max(abs(grad(ll2, q2))), n = nrow(dd), terms = names(q), estimate = unname(q), stdError = unname(se), pValue = unname(2 * pnorm(-abs(q / se))), logLik = ll(q), chi = c(2 * (ll(q) - ll0), k, pchisq(2 * (ll(q) - ll0), k, lower.tail = FALSE)), pseudo = pseudo(ll(q), ll0, nrow(dd)), maxGradient = max(abs(grad(ll, q))))
}
out$ordinal <- list(logit = polish("logit"), probit = polish("probit"))
out$meta <- list(R = R.version.string, MASS = as.character(packageVersion("MASS")), numDeriv = as.character(packageVersion("numDeriv")))
write(toJSON(out, digits = I(17), auto_unbox = TRUE, na = "null"), "expected.json")
