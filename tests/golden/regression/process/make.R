# Moderation and mediation from base R: lm, and a bootstrap over resamples that
# are drawn here and stored, so that every interval can be compared digit by digit.
# Run: LC_ALL=C.UTF-8 Rscript make.R
suppressPackageStartupMessages(library(jsonlite))
set.seed(77)
n <- 150
d <- data.frame(x = round(rnorm(n, 3.5, .9), 2), w = round(rnorm(n, 4, 1.2), 2), k = round(rnorm(n), 2), s = sample(1:2, n, TRUE))
d$m <- round(1 + .45 * d$x + .1 * d$x * (d$w - 4) + .2 * d$k + rnorm(n), 3)
d$m2 <- round(.3 * d$x + rnorm(n), 3)
d$y <- round(.2 * d$x + .35 * d$m + .25 * d$m2 + .12 * (d$m - 3) * (d$w - 4) + .1 * d$k + rnorm(n), 3)
d$m[c(4, 70)] <- NA; d$k[11] <- NA; d$w[100] <- NA
draws <- 200
cc <- function(v) d[complete.cases(d[, v]), ]
boot <- function(N, seed) { set.seed(seed); matrix(sample.int(N, N * draws, TRUE), draws) }
summ <- function(est, b) list(estimate = est, stdError = apply(b, 2, sd), low = apply(b, 2, quantile, .025, type = 6), high = apply(b, 2, quantile, .975, type = 6),
  bcLow = sapply(seq_along(est), function(j) { z0 <- qnorm(mean(b[, j] < est[j])); quantile(b[, j], pnorm(2 * z0 + qnorm(.025)), type = 6) }), bcHigh = sapply(seq_along(est), function(j) { z0 <- qnorm(mean(b[, j] < est[j])); quantile(b[, j], pnorm(2 * z0 + qnorm(.975)), type = 6) }))
out <- list(data = lapply(d, function(v) v))

# moderation
d1 <- cc(c("y", "x", "w", "k")); xc <- d1$x - mean(d1$x); wc <- d1$w - mean(d1$w)
f <- lm(y ~ xc + wc + k + xc:wc, d1); f0 <- lm(y ~ xc + wc + k, d1); v <- vcov(f); b <- coef(f); df <- f$df.residual
slope <- function(w0) { e <- b["xc"] + b["xc:wc"] * w0; s <- sqrt(v["xc", "xc"] + 2 * w0 * v["xc", "xc:wc"] + w0^2 * v["xc:wc", "xc:wc"]); t <- e / s; unname(c(e, s, t, 2 * pt(-abs(t), df), e - qt(.975, df) * s, e + qt(.975, df) * s)) }
pr <- c(-1, 0, 1) * sd(d1$w)
jn <- function(w0) { s <- slope(w0 - mean(d1$w)); abs(s[3]) - qt(.975, df) }
g <- seq(min(d1$w), max(d1$w), length.out = 4001); jv <- sapply(g, jn); cr <- which(diff(sign(jv)) != 0)
roots <- sapply(cr, function(i) uniroot(jn, g[i + 0:1], tol = 1e-14)$root)
an <- anova(f0, f)
out$moderation <- list(n = nrow(d1), slopes = lapply(pr, slope), percentiles = lapply(unname(quantile(d1$w, c(.16, .5, .84), type = 6)) - mean(d1$w), slope), values = unname(quantile(d1$w, c(.16, .5, .84), type = 6)), roots = roots, below = sapply(roots, function(r) mean(d1$w < r)), F = an$F[2], p = an[["Pr(>F)"]][2])

# model 4, two mediators, a covariate
d4 <- cc(c("y", "x", "m", "m2", "k")); B <- boot(nrow(d4), 1)
st4 <- function(z) { a1 <- coef(lm(m ~ x + k, z))["x"]; a2 <- coef(lm(m2 ~ x + k, z))["x"]; q <- coef(lm(y ~ x + m + m2 + k, z)); unname(c(a1 * q["m"], a2 * q["m2"], a1 * q["m"] + a2 * q["m2"])) }
fm <- summary(lm(m ~ x + k, d4))$coefficients; fy <- summary(lm(y ~ x + m + m2 + k, d4))$coefficients
sob <- function(a, sa, b, sb) { z <- a * b / sqrt(a^2 * sb^2 + b^2 * sa^2); c(z, 2 * pnorm(-abs(z))) }
out$model4 <- c(summ(st4(d4), t(apply(B, 1, function(i) st4(d4[i, ])))), list(n = nrow(d4), resamples = B - 1L, sobel = sob(fm["x", 1], fm["x", 2], fy["m", 1], fy["m", 2]), standardized = st4(d4) * sd(d4$x) / sd(d4$y), total = unname(summary(lm(y ~ x + k, d4))$coefficients["x", ]), direct = unname(fy["x", ])))

# models 7 and 14: products of centred variables (centred once), probes at -1, 0, +1 SD
d7 <- cc(c("y", "x", "m", "w", "k")); d7$xc <- d7$x - mean(d7$x); d7$wc <- d7$w - mean(d7$w); d7$mc <- d7$m - mean(d7$m); B <- boot(nrow(d7), 2); pw <- c(-1, 0, 1) * sd(d7$w)
st7 <- function(z) { a <- coef(lm(m ~ xc * wc + k, z)); b <- coef(lm(y ~ xc + m + k, z))["m"]; unname(c((a["xc"] + a["xc:wc"] * pw) * b, a["xc:wc"] * b)) }
st14 <- function(z) { a <- coef(lm(m ~ x + k, z))["x"]; b <- coef(lm(y ~ x + mc * wc + k, z)); unname(c(a * (b["mc"] + b["mc:wc"] * pw), a * b["mc:wc"])) }
out$model7 <- c(summ(st7(d7), t(apply(B, 1, function(i) st7(d7[i, ])))), list(n = nrow(d7), resamples = B - 1L))
out$model14 <- c(summ(st14(d7), t(apply(B, 1, function(i) st14(d7[i, ])))), list(n = nrow(d7)))
write(toJSON(out, digits = I(17), auto_unbox = TRUE, na = "null"), "expected.json")
