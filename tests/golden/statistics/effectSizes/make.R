# Expected effect sizes and intervals: noncentral t and F by uniroot on R's pt and pf, Wilson by prop.test, odds ratios by
# fisher.test (its two-sided limits) and Woolf's formula, Bonett's d by metafor, shares of variance also by effectsize.
# Usage: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
suppressMessages({library(metafor); library(effectsize)})
options(digits = 17, warn = 1)
solve_for <- function(f, low, high) uniroot(f, c(low, high), tol = 1e-13)$root
ncp_t <- function(t, df) { w <- 8 + 2 * abs(t); c(solve_for(function(d) pt(t, df, d, lower.tail = FALSE) - .025, t - w, t), solve_for(function(d) pt(t, df, d) - .025, t, t + w)) }
standardized <- function(x, mu = 0) {
  n <- length(x); t <- (mean(x) - mu) / (sd(x) / sqrt(n)); d <- ncp_t(t, n - 1) / sqrt(n); J <- exp(lgamma((n - 1) / 2) - lgamma((n - 2) / 2)) / sqrt((n - 1) / 2)
  stopifnot(abs(cohens_d(x, mu = mu)$CI_low - d[1]) < 1e-3, abs(hedges_g(x, mu = mu)$CI_high - J * d[2]) < 1e-3)
  list(t = t, d = t / sqrt(n), dLow = d[1], dHigh = d[2], g = J * t / sqrt(n), gLow = J * d[1], gHigh = J * d[2])
}
# R's own noncentral F stops at 1e-9: summed here from its central beta law
ncf <- function(f, df1, df2, l, upper) { j <- 0:ceiling(l / 2 + 15 * sqrt(l / 2) + 80); sum(dpois(j, l / 2) * pbeta(df1 * f / (df1 * f + df2), df1 / 2 + j, df2 / 2, lower.tail = !upper)) }
share <- function(f, df1, df2, n = df1 + df2 + 1) {
  lim <- function(tail, side) { h <- function(l) if (side == "low") ncf(f, df1, df2, l, TRUE) - tail else tail - ncf(f, df1, df2, l, FALSE); if (h(0) >= 0) 0 else solve_for(h, 0, 20 * df1 * f + 50) }
  l <- c(lim(.025, "low"), lim(.025, "high")); l / (l + n)
}
pairs <- list(list(x = sleep$extra[1:10], y = sleep$extra[11:20]), list(x = attitude$rating, y = attitude$critical), list(x = iris$Sepal.Length, y = iris$Petal.Length))
out <- list(pairs = lapply(pairs, function(p) c(p, standardized(p$x - p$y))), single = lapply(list(attitude$rating, mtcars$mpg, c(3, 4, 7)), function(x) c(list(x = x, mu = 20), standardized(x, 20))))
regression <- function(formula, data) {
  m <- lm(formula, data); s <- summary(m)$fstatistic; a <- car::Anova(m, type = 2); rows <- seq_len(nrow(a) - 1); intercept <- attr(terms(m), "intercept") == 1
  list(formula = paste(deparse(formula), collapse = ""), rSquared = summary(m)$r.squared, low = share(s[[1]], s[[2]], s[[3]], nobs(m))[1], high = share(s[[1]], s[[2]], s[[3]], nobs(m))[2],
    terms = lapply(rows, function(i) { l <- share(a[["F value"]][i], a$Df[i], df.residual(m)); list(name = rownames(a)[i], eta = a[["Sum Sq"]][i] / (a[["Sum Sq"]][i] + deviance(m)), low = l[1], high = l[2]) }))
}
mtcars$cyl <- as.character(mtcars$cyl)
out$mtcars <- as.list(mtcars[c("mpg", "wt", "hp", "qsec", "cyl")])
out$regressions <- lapply(list(mpg ~ wt + hp, mpg ~ qsec, mpg ~ wt + cyl, mpg ~ wt - 1), regression, mtcars)
out$wilson <- lapply(list(c(0, 9), c(3, 9), c(9, 9), c(137, 455), c(1, 4000)), function(v) list(count = v[1], n = v[2], low = suppressWarnings(prop.test(v[1], v[2], correct = FALSE))$conf.int[1], high = suppressWarnings(prop.test(v[1], v[2], correct = FALSE))$conf.int[2]))
odds <- function(v) {
  m <- matrix(v, 2, byrow = TRUE); log_or <- log(m[1, 1] * m[2, 2] / (m[1, 2] * m[2, 1])); se <- sqrt(sum(1 / m)); full <- all(m > 0)
  # fisher.test solves to uniroot's default tolerance: the same equations to the end
  r1 <- sum(m[1, ]); r2 <- sum(m[2, ]); k <- sum(m[, 1]); s <- max(0, k - r2):min(r1, k); w <- dhyper(s, r1, r2, k, log = TRUE)
  p <- function(t) { q <- w + t * s; q <- exp(q - max(q)); q / sum(q) }
  x <- m[1, 1]; root <- function(f) exp(solve_for(f, -40, 40))
  est <- if (x == min(s)) 0 else if (x == max(s)) Inf else root(function(t) sum(s * p(t)) - x)
  low <- if (x == min(s)) 0 else root(function(t) sum(p(t)[s >= x]) - .025); high <- if (x == max(s)) Inf else root(function(t) .025 - sum(p(t)[s <= x]))
  f <- fisher.test(m); below <- function(v) if (v > 1) 1 / v else v; near <- function(a, b) abs(below(a) - below(b)) < 3e-4; stopifnot(near(f$estimate, est), near(f$conf.int[1], low), near(f$conf.int[2], high))
  list(counts = v, sample = if (full) exp(log_or) else NA, sampleLow = if (full) exp(log_or - qnorm(.975) * se) else NA, sampleHigh = if (full) exp(log_or + qnorm(.975) * se) else NA, conditional = if (is.finite(est)) est else NA, conditionalLow = low, conditionalHigh = if (is.finite(high)) high else NA)
}
out$odds <- lapply(list(c(3, 1, 1, 3), c(20, 31, 15, 62), c(0, 7, 5, 4), c(8, 0, 3, 9), c(120, 80, 95, 140), c(2, 500, 9, 480)), odds)
# d of two groups that do not share a variance, normal interval (Bonett 2008): metafor's SMDH is the same with d times its small-sample factor
bonett <- function(a, b) {
  n1 <- length(a); n2 <- length(b); s2 <- (var(a) + var(b)) / 2; d <- (mean(a) - mean(b)) / sqrt(s2)
  A <- (var(a)^2 / (n1 - 1) + var(b)^2 / (n2 - 1)) / (8 * s2^2); B <- (var(a) / (n1 - 1) + var(b) / (n2 - 1)) / s2
  e <- escalc("SMDH", m1i = mean(a), sd1i = sd(a), n1i = n1, m2i = mean(b), sd2i = sd(b), n2i = n2, vtype = "LS"); factor <- c(e$yi) / d
  stopifnot(factor < 1, abs(c(e$vi) / (factor^2 * (factor^2 * d^2 * A + B)) - 1) < 1e-12)
  se <- sqrt(d^2 * A + B); list(a = a, b = b, d = d, low = d - qnorm(.975) * se, high = d + qnorm(.975) * se)
}
out$bonett <- list(bonett(mtcars$mpg[mtcars$cyl == 4], mtcars$mpg[mtcars$cyl == 8]), bonett(iris$Petal.Width[1:50], iris$Petal.Width[51:90]))
out$versions <- list(R = R.version.string, metafor = as.character(packageVersion("metafor")), effectsize = as.character(packageVersion("effectsize")), car = as.character(packageVersion("car")))
writeLines(jsonlite::toJSON(out, digits = I(15), auto_unbox = TRUE, na = "null"), "expected.json")
