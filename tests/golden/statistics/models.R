# Expected factorial ANOVA and ANCOVA (car), normality, polychoric correlations (mvtnorm, root of the score).
# Usage: LC_ALL=C.UTF-8 Rscript models.R
suppressMessages({library(car); library(mvtnorm)})
source("golden.R")
options(contrasts = c("contr.sum", "contr.poly"))
x <- na.omit(d[c("before", "gender", "years", "age")]); x$g <- factor(x$gender); x$w <- factor(x$years)
rows <- function(a) lapply(setdiff(rownames(a), c("(Intercept)", "Residuals")), function(k) list(term = k, sumOfSquares = a[k, "Sum Sq"], df = a[k, "Df"], f = a[k, grep("^F", colnames(a))[1]], pValue = a[k, grep("Pr", colnames(a))[1]]))
emm <- function(m, data) { grid <- expand.grid(g = levels(x$g), w = levels(x$w)); grid$age <- mean(x$age); X <- model.matrix(delete.response(terms(m)), grid); V <- vcov(m); one <- function(sel) { l <- colMeans(X[sel, , drop = FALSE]); list(mean = sum(l * coef(m)), stdError = sqrt(drop(t(l) %*% V %*% l))) }
  list(g = lapply(levels(x$g), function(k) one(grid$g == k)), w = lapply(levels(x$w), function(k) one(grid$w == k))) }
two <- lm(before ~ g * w, x); anc <- lm(before ~ age + g * w, x)
info <- function(m) { s <- summary(m); list(n = nrow(x), rSquared = s$r.squared, adjRSquared = s$adj.r.squared, errorSS = sum(resid(m)^2), modelF = unname(s$fstatistic[1])) }
l <- leveneTest(resid(two), interaction(x$g, x$w), center = mean)
lillie <- function(v) { v <- sort(v[!is.na(v)]); n <- length(v); p <- pnorm((v - mean(v)) / sd(v)); D <- max(seq_len(n) / n - p, p - (seq_len(n) - 1) / n); K <- if (n > 100) D * (n / 100)^.49 else D; m <- min(n, 100)
  pv <- exp(-7.01256 * K^2 * (m + 2.78019) + 2.99587 * K * sqrt(m + 2.78019) - .122119 + .974598 / sqrt(m) + 1.67997 / m); w <- shapiro.test(v); list(d = D, p = if (pv > .1) NA else pv, w = unname(w$statistic), wP = w$p.value) }
poly <- function(a, b) { ok <- complete.cases(a, b); t <- table(a[ok], b[ok]); n <- sum(t); r <- nrow(t); k <- ncol(t); ra <- c(-Inf, qnorm(cumsum(rowSums(t))[-r] / n), Inf); cb <- c(-Inf, qnorm(cumsum(colSums(t))[-k] / n), Inf)
  phi <- function(h, k, rho) ifelse(is.finite(h) & is.finite(k), exp(-(h^2 - 2 * rho * h * k + k^2) / (2 * (1 - rho^2))) / (2 * pi * sqrt(1 - rho^2)), 0)
  dP <- function(rho) { m <- outer(seq_along(ra), seq_along(cb), Vectorize(function(i, j) phi(ra[i], cb[j], rho))); m[-1, -1] - m[-1, -(k + 1)] - m[-(r + 1), -1] + m[-(r + 1), -(k + 1)] }
  corner <- function(rho) { S <- matrix(c(1, rho, rho, 1), 2); G <- matrix(0, r + 1, k + 1); for (i in 1:(r + 1)) for (j in 1:(k + 1)) G[i, j] <- if (i == 1 || j == 1) 0 else if (i == r + 1) pnorm(cb[j]) else if (j == k + 1) pnorm(ra[i]) else pmvnorm(c(-Inf, -Inf), c(ra[i], cb[j]), corr = S, algorithm = TVPACK(1e-14)); G[-1, -1] - G[-1, -(k + 1)] - G[-(r + 1), -1] + G[-(r + 1), -(k + 1)] }
  sc <- function(rho) { q <- corner(rho); g <- dP(rho); sum((t * g / q)[t > 0]) }; rho <- uniroot(sc, c(-.9, .9), tol = 1e-14)$root; list(rho = rho, n = n, se = 1 / sqrt(n * sum(dP(rho)^2 / corner(rho)))) }
write_golden("models", list(twoWay = c(info(two), list(type3 = rows(Anova(two, type = 3)), type2 = rows(Anova(two, type = 2)), type1 = rows(anova(two)), levene = list(f = l$`F value`[1], p = l$`Pr(>F)`[1]), emm = emm(two))),
  ancova = c(info(anc), list(type3 = rows(Anova(anc, type = 3)), type2 = rows(Anova(anc, type = 2)), emm = emm(anc))),
  normality = sapply(c("age", "before", "EXP1"), function(v) lillie(d[[v]]), simplify = FALSE),
  polychoric = list(c(list(a = "EXP1", b = "EXP2"), poly(d$EXP1, d$EXP2)), c(list(a = "EXP1", b = "EXP4r"), poly(d$EXP1, d$EXP4r)), c(list(a = "gender", b = "TRU1"), poly(d$gender, d$TRU1)))))
