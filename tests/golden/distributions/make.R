# Expected values of the distribution functions, from R's own density and
# distribution functions. Run: LC_ALL=C.UTF-8 Rscript make.R > expected.json
# R's noncentral laws lose their upper tails (documented in ?pchisq, ?pt), so
# these are summed or integrated here from R's central laws.
suppressPackageStartupMessages(library(mvtnorm))
rows <- character()
fmt <- function(v) ifelse(is.finite(v), sprintf("%.17g", v), ifelse(is.nan(v), "null", ifelse(v > 0, '"Infinity"', '"-Infinity"')))
add <- function(name, args, value) {
  if (!is.nan(value)) rows[[length(rows) + 1]] <<- sprintf('["%s",[%s],%s]', name, paste(fmt(unlist(args)), collapse = ","), fmt(value))
}
grid <- function(name, f, ...) {
  g <- expand.grid(...)
  for (i in seq_len(nrow(g))) { a <- as.numeric(g[i, ]); add(name, a, do.call(f, as.list(a))) }
}
p <- c(1e-300, 1e-100, 1e-20, 1e-10, 1e-5, .001, .025, .1, .3, .499, .5, .7, .9, .975, .9999, 1 - 1e-10)
pm <- c(1e-8, 1e-4, .01, .2, .5, .8, .95, .999)
z <- c(-37, -20, -8.3, -5, -2.5, -1, -.4, -1e-10, 0, 1e-5, .3, .66, .7, 1.3, 1.96, 3, 5.66, 6, 9, 25, 37)
grid("normalCdf", pnorm, z)
grid("normalUpper", function(x) pnorm(x, lower.tail = FALSE), z)
grid("normalLogCdf", function(x) pnorm(x, log.p = TRUE), c(z, -1e3, -1e6))
grid("normalQuantile", qnorm, p)
grid("normalDensity", dnorm, z)
lg <- c(1e-10, .01, .3, .49, .5, .9, .999, 1, 1.0001, 1.4, 1.4999, 1.6, 1.9999, 2, 2.0001, 2.4, 3, 5.5, 11.9, 12, 33.3, 170, 1e4, 1e9)
grid("logGamma", lgamma, lg)
grid("digamma", digamma, lg)
grid("trigamma", trigamma, lg)
t <- c(-1e5, -300, -30, -6, -2.2, -.7, -1e-6, 0, .01, .5, 1, 1.98, 4, 12, 100, 1e4)
dft <- c(.5, 1, 2, 3, 7.3, 20, 120, 1000, 1e6)
grid("tCdf", pt, t, dft)
grid("tUpper", function(q, n) pt(q, n, lower.tail = FALSE), t, dft)
grid("tTwoSided", function(q, n) 2 * pt(-abs(q), n), t, dft)
grid("tLogCdf", function(q, n) pt(q, n, log.p = TRUE), t, c(1, 7.3, 120))
grid("tDensity", dt, t, dft)
grid("tQuantile", qt, c(1e-10, 1e-5, .001, .025, .2, .45, .5, .6, .9, .975, .9999), c(1, 2, 3.5, 7.3, 20, 120, 1000, 1e6))
dfc <- c(.3, 1, 2, 3, 9.5, 30, 120, 1500, 1e5)
xc <- c(1e-10, .001, .1, .6, 1, 2.5, 5, 13, 40, 100, 300, 1400, 1700, 1e5)
grid("chiSquareCdf", pchisq, xc, dfc)
grid("chiSquareUpper", function(x, n) pchisq(x, n, lower.tail = FALSE), xc, dfc)
grid("chiSquareLogUpper", function(x, n) pchisq(x, n, lower.tail = FALSE, log.p = TRUE), xc, dfc)
grid("chiSquareDensity", dchisq, xc, dfc)
grid("chiSquareQuantile", qchisq, c(1e-10, 1e-5, .001, .025, .2, .5, .6, .9, .975, .9999), dfc)
xf <- c(1e-5, .01, .2, .7, 1, 1.5, 3, 7, 25, 400)
d1 <- c(1, 2, 5, 40); d2 <- c(1, 3, 12.5, 90, 5000)
grid("fCdf", pf, xf, d1, d2)
grid("fUpper", function(x, a, b) pf(x, a, b, lower.tail = FALSE), xf, d1, d2)
grid("fLogUpper", function(x, a, b) pf(x, a, b, lower.tail = FALSE, log.p = TRUE), xf, c(1, 5), c(3, 90))
# R's qf and qt lose digits for lopsided degrees of freedom: polished by Newton steps on pf
qfp <- function(p, a, b) { x <- qf(p, a, b); for (i in 1:4) x <- x * exp(-(pf(x, a, b) - p) / (x * df(x, a, b))); x }
grid("fQuantile", qfp, c(.001, .05, .3, .5, .8, .95, .99), d1, d2)
xb <- c(1e-8, .001, .1, .35, .5, .77, .99, .9999)
ab <- c(.2, .5, 1, 3.5, 40, 600)
grid("betaCdf", pbeta, xb, ab, ab)
grid("betaUpper", function(x, a, b) pbeta(x, a, b, lower.tail = FALSE), xb, ab, ab)
grid("betaQuantile", qbeta, c(.001, .05, .3, .5, .8, .95, .99), c(.5, 1, 3.5, 40, 600), c(.5, 1, 3.5, 40, 600))
grid("betaDensity", dbeta, xb, ab, ab)
grid("fDensity", df, xf, d1, d2)
grid("gammaDensity", function(x, a, s) dgamma(x, a, scale = s), c(.01, .5, 3, 20), c(.4, 1, 2, 15), c(.5, 3))
grid("gammaCdf", function(x, a, s) pgamma(x, a, scale = s), c(.01, .5, 3, 20), c(.4, 2, 15), c(.5, 3))
grid("gammaUpper", function(x, a, s) pgamma(x, a, scale = s, lower.tail = FALSE), c(.01, .5, 3, 20), c(.4, 2, 15), c(.5, 3))
grid("gammaQuantile", function(q, a, s) qgamma(q, a, scale = s), c(.001, .3, .9, .999), c(.4, 2, 15), c(.5, 3))
grid("binomialMass", dbinom, c(0, 1, 7, 20), 20, c(.01, .3, .5, .97))
grid("binomialCdf", pbinom, c(0, 1, 7, 19, 20), 20, c(.01, .3, .5, .97))
grid("binomialUpper", function(k, n, q) pbinom(k, n, q, lower.tail = FALSE), c(0, 1, 7, 19, 20), 20, c(.01, .3, .5, .97))
grid("binomialQuantile", function(q, n, pr) qbinom(q, n, pr), c(.001, .3, .5, .975), c(20, 455), c(.1, .5))
grid("poissonCdf", ppois, c(0, 3, 30), c(.2, 5, 40))
grid("poissonUpper", function(k, m) ppois(k, m, lower.tail = FALSE), c(0, 3, 30), c(.2, 5, 40))
# noncentral: Poisson mixtures of central laws, smallest terms first
mix <- function(l, tail) { j <- 0:ceiling(l / 2 + 15 * sqrt(l / 2) + 700); sum(sort(dpois(j, l / 2) * tail(j))) }
nc <- function(x, n, l) mix(l, function(j) pchisq(x, n + 2 * j))
ncu <- function(x, n, l) mix(l, function(j) pchisq(x, n + 2 * j, lower.tail = FALSE))
xn <- c(.01, 1, 7, 40, 150, 700, 1500)
grid("noncentralChiSquareCdf", nc, xn, c(1, 3, 24, 150), c(.1, 2, 30, 150, 900))
grid("noncentralChiSquareUpper", ncu, xn, c(1, 3, 24, 150), c(.1, 2, 30, 150, 900))
grid("noncentralChiSquareCdf", nc, c(.01, 1, 7), 0, c(.1, 2, 30)) # a point mass at 0
grid("noncentralChiSquareUpper", ncu, c(.01, 1, 7), 0, c(.1, 2, 30))
xnf <- c(.05, .8, 3, 12, 60)
grid("noncentralFCdf", function(x, a, b, l) mix(l, function(j) pbeta(a * x / (a * x + b), a / 2 + j, b / 2)), xnf, c(1, 4), c(5, 60, 400), c(.5, 9, 80))
grid("noncentralFUpper", function(x, a, b, l) mix(l, function(j) pbeta(b / (a * x + b), b / 2, a / 2 + j)), xnf, c(1, 4), c(5, 60, 400), c(.5, 9, 80))
# noncentral t: the normal tail averaged over s, Simpson's rule on a fine grid of log s
simpson <- function(f, a, b, n = 60000) { u <- seq(a, b, length.out = n + 1); w <- c(1, rep(c(4, 2), length.out = n - 1), 1); sum(sort(w * f(u))) * (b - a) / n / 3 }
nct <- function(lower) function(t, n, d) simpson(function(u) exp(log(2) + n / 2 * log(n / 2) - lgamma(n / 2) + n * u - n / 2 * exp(2 * u) + pnorm(t * exp(u), d, lower.tail = lower, log.p = TRUE)), -60 / sqrt(n), log(1 + 40 / sqrt(n)) + .5)
grid("noncentralTCdf", nct(TRUE), c(-4, -.5, .3, 2, 6, 25), c(2, 11, 150), c(-3, .5, 4, 12))
grid("noncentralTUpper", nct(FALSE), c(-4, -.5, .3, 2, 6, 25), c(2, 11, 150), c(-3, .5, 4, 12))
# studentized range: R's ptukey is wrong in the third digit for df = 2 (two groups
# are Student's t: P(Q > q) = P(|T| > q / sqrt 2)), so the textbook double integral
# is done by Simpson's rule; absolute error below 1e-13
simp <- function(a, b, n) list(u = seq(a, b, length.out = n + 1), w = c(1, rep(c(4, 2), length.out = n - 1), 1) * (b - a) / n / 3)
zs <- simp(-9, 9, 360)
range_cdf <- function(w, k) vapply(w, function(v) sum(zs$w * k * dnorm(zs$u) * (pnorm(zs$u) - pnorm(zs$u - v))^(k - 1)), 0)
tukey <- function(q, k, n) {
  if (is.infinite(n)) return(range_cdf(q, k))
  s <- simp(-45 / n - 6 / sqrt(n), log(1 + 6 / sqrt(n)) + .4, 3000)
  dens <- exp(log(2) + n / 2 * log(n / 2) - lgamma(n / 2) + n * s$u - n / 2 * exp(2 * s$u))
  sum(s$w * dens * range_cdf(q * exp(s$u), k))
}
grid("studentizedRangeUpper", function(q, k, n) if (k == 2) 2 * pt(-q / sqrt(2), n) else 1 - tukey(q, k, n), c(.1, 1, 2.5, 3.5, 4.5, 6), c(2, 3, 5, 12), c(2, 5, 16, 60, Inf))
grid("studentizedRangeCdf", tukey, c(1, 3.5, 6), c(3, 12), c(2, 5, 60))
grid("studentizedRangeQuantile", function(p, k, n) qt((1 + p) / 2, n) * sqrt(2), c(.5, .9, .95, .99), 2, c(4, 16, 60, 400))
# and R's own quantiles where they hold to 1e-6
grid("qtukey", qtukey, c(.5, .9, .95, .99), c(3, 5, 12), c(16, 60, 400))
# bivariate normal: conditional law integrated piecewise
bvn <- function(h, k, r) pmvnorm(upper = c(h, k), corr = matrix(c(1, r, r, 1), 2), algorithm = TVPACK(1e-15))[[1]]
grid("bivariateNormalCdf", bvn, c(-4, -1.1, 0, .4, 2.5), c(-3, -.6, 0, 1, 4), c(-.999, -.95, -.7, -.2, 0, .1, .5, .8, .93, .99, .999))
cat(sprintf('{"meta":{"oracle":"%s, mvtnorm %s","columns":["function","arguments","value"]},\n"rows":[\n%s\n]}\n', R.version.string, packageVersion("mvtnorm"), paste(rows, collapse = ",\n")))
