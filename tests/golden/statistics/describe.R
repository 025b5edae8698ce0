# Expected descriptives. Usage: LC_ALL=C.UTF-8 Rscript describe.R
source("golden.R")
one <- function(x) {
  missing <- sum(is.na(x)); x <- x[!is.na(x)]; n <- length(x)
  ses <- sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)))
  ci <- t.test(x)$conf.int
  list(n = n, missing = missing, minimum = min(x), maximum = max(x), mean = mean(x), sd = sd(x), variance = var(x),
    standardError = sd(x) / sqrt(n), confLow = ci[1], confHigh = ci[2],
    q1 = quantile(x, .25, type = 6, names = FALSE), median = median(x), q3 = quantile(x, .75, type = 6, names = FALSE), q3R = quantile(x, .75, type = 7, names = FALSE),
    skewness = psych::skew(x, type = 2), kurtosis = psych::kurtosi(x, type = 2), skewnessR = psych::skew(x), kurtosisR = psych::kurtosi(x),
    skewnessError = ses, kurtosisError = sqrt(4 * (n^2 - 1) * ses^2 / ((n - 3) * (n + 5))))
}
write_golden("describe", lapply(d[c("age", "EXP1", "EXP2", "before", "after", "years")], one))
