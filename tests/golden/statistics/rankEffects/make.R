# Interval of epsilon squared: the noncentralities that put H at the tails of the
# noncentral chi-square distribution, divided by n - 1; rank-biserial correlations of pairs from wilcox.test's W. Base R.
# Run: LC_ALL=C.UTF-8 Rscript make.R
suppressPackageStartupMessages(library(jsonlite))
set.seed(3)
cases <- lapply(list(c(0, .2, .9), c(0, 0, 0), c(0, .5, 1, 2)), function(shift) {
  x <- lapply(shift, function(s) round(rnorm(18 + round(5 * s), s), 1)); y <- unlist(x); g <- rep(seq_along(x), lengths(x))
  k <- kruskal.test(y, g); H <- unname(k$statistic); df <- unname(k$parameter); n <- length(y)
  low <- if (pchisq(H, df, lower.tail = FALSE) >= .025) 0 else uniroot(function(l) pchisq(H, df, l, lower.tail = FALSE) - .025, c(0, 200), tol = 1e-13)$root
  high <- if (pchisq(H, df) <= .025) 0 else uniroot(function(l) pchisq(H, df, l) - .025, c(0, 400), tol = 1e-13)$root
  pairs <- combn(length(x), 2, function(p) { a <- x[[p[1]]]; b <- x[[p[2]]]; r <- 2 * unname(suppressWarnings(wilcox.test(a, b))$statistic) / (length(a) * length(b)) - 1
    se <- sqrt((length(a) + length(b) + 1) / (3 * length(a) * length(b))); c(r, tanh(atanh(r) + c(-1, 1) * qnorm(.975) * se)) })
  list(samples = x, pairs = t(pairs), h = H, epsilonSquared = H / (n - 1), low = low / (n - 1), high = high / (n - 1))
})
write(toJSON(list(R = R.version.string, cases = cases), digits = I(17), auto_unbox = TRUE), "expected.json")
