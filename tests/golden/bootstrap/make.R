# Bootstrap intervals of fixed draws by the package boot (Davison & Hinkley).
# Run: npm run golden bootstrap
suppressPackageStartupMessages({ library(boot); library(jsonlite) })
set.seed(20161103)
make <- function(R, rows) {
  t <- round(0.3 + rgamma(R, 4, 10) - 0.35, 6)
  L <- round(rgamma(rows, 2) - 2, 6)
  t0 <- 0.32
  b <- structure(list(t0 = t0, t = matrix(t), R = R, data = seq_len(rows), statistic = function(d, i) 0, sim = "ordinary", stype = "i", call = quote(boot()), strata = rep(1, rows), weights = rep(1 / rows, rows)), class = "boot")
  limits <- function(level) {
    z0 <- qnorm(mean(t < t0))
    alpha <- (1 + c(-level, level)) / 2
    list(
      level = level,
      percentile = boot.ci(b, conf = level, type = "perc")$percent[4:5],
      basic = boot.ci(b, conf = level, type = "basic")$basic[4:5],
      normal = boot.ci(b, conf = level, type = "norm")$normal[2:3],
      bc = boot:::norm.inter(t, pnorm(2 * z0 + qnorm(alpha)))[, 2],
      bca = boot.ci(b, conf = level, type = "bca", L = L)$bca[4:5]
    )
  }
  list(estimate = t0, draws = t, acceleration = sum(L^3) / (6 * sum(L^2)^1.5), intervals = list(limits(0.95), limits(0.9)))
}
write(toJSON(list(versions = list(R = R.version.string, boot = as.character(packageVersion("boot"))), cases = list(make(999, 80), make(500, 40))), auto_unbox = TRUE, digits = NA), "expected.json")
