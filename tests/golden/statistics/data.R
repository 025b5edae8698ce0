# Synthetic answers of 260 persons: three 5-point scales (one reversed item each in EXP4r and TRU3r),
# gender, four classes of service life, age, a continuous outcome measured twice; some answers missing.
# Usage: LC_ALL=C.UTF-8 Rscript data.R
set.seed(20240611)
n <- 260
gender <- sample(1:2, n, replace = TRUE)
years <- sample(1:4, n, replace = TRUE, prob = c(.2, .35, .3, .15))
age <- round(rnorm(n, 31, 7))
f <- matrix(rnorm(3 * n), n) %*% chol(matrix(c(1, .4, .3, .4, 1, .35, .3, .35, 1), 3))
likert <- function(z) as.integer(cut(z, c(-Inf, -1.5, -.6, .3, 1.1, Inf)))
item <- function(k, loading) likert(loading * f[, k] + sqrt(1 - loading^2) * rnorm(n))
d <- data.frame(id = 1:n, gender, years, age,
  EXP1 = item(1, .8), EXP2 = item(1, .75), EXP3 = item(1, .7), EXP4r = 6L - item(1, .65),
  TRU1 = item(2, .8), TRU2 = item(2, .7), TRU3r = 6L - item(2, .75), TRU4 = item(2, .6),
  FUN1 = item(3, .85), FUN2 = item(3, .8), FUN3 = item(3, .6))
d$before <- round(50 + 6 * f[, 1] + 3 * (d$gender == 2) + 1.5 * d$years + rnorm(n, sd = 4 + d$years), 2)
d$after <- round(d$before + 1.2 + rnorm(n, sd = 3), 2)
for (v in c("EXP2", "TRU1", "FUN3", "before", "after", "years")) d[sample(n, 6), v] <- NA
write.csv(d, "data.csv", row.names = FALSE, na = "")
