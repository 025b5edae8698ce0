# Expected answers of groups with different variables, by lavaan.
# Run: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R. Writes data/*.csv and expected/blocks.json.
here <- getwd()
source("data.R")
setwd("../sem")
source("record.R")
expectedFolder <- file.path(here, "expected")
dir.create(expectedFolder, showWarnings = FALSE)
own <- function(name) paste0("../semBlocks/data/", name)
em <- list(em.h1.tol = 1e-12, em.h1.iter.max = 20000)

# Besides estimates and fit measures: what is asked of each group.
lower <- function(m) number(m[lower.tri(m, diag = TRUE)])
groupsOf <- function(types, scores) function(fit, expected) {
  r2 <- lavInspect(fit, "rsquare")
  expected$groups <- lapply(seq_along(fit@Data@group.label), function(g) {
    ov <- fit@Data@ov.names[[g]]
    implied <- lavInspect(fit, "implied")[[g]]
    out <- list(label = u(fit@Data@group.label[g]), names = ov, n = u(lavInspect(fit, "nobs")[g]), rsquare = lapply(as.list(r2[[g]]), function(v) u(number(v))),
      implied = list(cov = lower(implied$cov), mean = number(implied$mean)))
    out$residuals <- lapply(setNames(types, types), function(type) { r <- suppressWarnings(residuals(fit, type))[[g]]; list(cov = lower(r$cov), mean = number(r$mean)) })
    if (length(scores)) out$scores <- lapply(setNames(scores, scores), function(method) { s <- lavPredict(fit, method = method)[[g]]; list(latent = colnames(s), first = number(t(s[1:2, , drop = FALSE])), last = number(s[nrow(s), ])) })
    out
  })
  expected
}
continuous <- groupsOf(c("raw", "cor.bollen", "cor.bentler", "normalized", "standardized"), c("regression", "Bartlett"))
estimatesOnly <- groupsOf(c("raw", "cor.bollen"), character(0))

two <- "group: Pasteur\nvisual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\ngroup: Grant-White\nvisual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9"
structural <- "group: Grant-White\nvisual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9\nvisual ~ ageyr\nspeed ~ visual\ngroup: Pasteur\nvisual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\ntextual ~ visual"
# the other way round: lavaan has the log-likelihood of y given x only where the first group has an x
later <- sub("(group: Grant.*)\n(group: Pasteur.*)", "\\2\n\\1", structural)
both <- "group: Pasteur\nvisual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\ntextual ~ visual + sex\ngroup: Grant-White\nvisual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9\nvisual ~ ageyr + sex\nspeed ~ visual"
metric <- "group: Pasteur\nvisual =~ x1 + b*x2 + c*x3\ntextual =~ x4 + x5 + x6\ngroup: Grant-White\nvisual =~ x1 + b*x2 + c*x3\nspeed =~ x7 + x8 + x9"
scalar <- "group: Pasteur\nvisual =~ x1 + b*x2 + c*x3\ntextual =~ x4 + x5 + x6\nx1 ~ i1*1\nx2 ~ i2*1\nx3 ~ i3*1\ngroup: Grant-White\nvisual =~ x1 + b*x2 + c*x3\nspeed =~ x7 + x8 + x9\nx1 ~ i1*1\nx2 ~ i2*1\nx3 ~ i3*1\nvisual ~ NA*1"
bridge <- "group: Pasteur\nvisual =~ x1 + a*x2 + x3\ntextual =~ x4 + x5 + x6\ntextual ~ b1*visual\ngroup: Grant-White\nvisual =~ x1 + a*x2 + x3\nspeed =~ x7 + x8 + x9\nspeed ~ b2*visual\ndifference := b1 - b2\na > 0.2"
ordinal <- "group: Pasteur\nvisual =~ u1 + u2 + u3\ntextual =~ u4 + u5 + u6\ngroup: Grant-White\nvisual =~ u1 + u2 + u3\nspeed =~ u7 + u8 + u9"
items <- paste0("u", 1:9)

family("blocks", function() {
  schools <- function(syntax) if (startsWith(syntax, "group: Grant")) list(group = "school", group.label = c("Grant-White", "Pasteur")) else list(group = "school")
  b <- function(id, syntax = structural, options = list(), data = own("schools"), fun = "sem", amend = continuous, ...) record(id, syntax, data, fun, c(schools(syntax), options), amend = amend, ...)
  b("cfa", two, mi = TRUE, std = TRUE)
  b("cfa-std-lv", two, list(std.lv = TRUE), std = TRUE)
  b("structural", mi = TRUE, std = TRUE)
  b("structural-x-later", later)
  b("structural-random-x", options = list(fixed.x = FALSE), mi = TRUE)
  b("structural-no-means", options = list(meanstructure = FALSE))
  b("covariates", both, mi = TRUE, std = TRUE)
  b("metric", metric, mi = TRUE, std = TRUE)
  b("scalar", scalar, mi = TRUE, std = TRUE)
  b("defined", sub("\na > 0.2", "", bridge), std = TRUE)
  b("order", "group: Pasteur\nvisual =~ x1 + x2 + x3\nvisual ~ ageyr\ngroup: Grant-White\nvisual =~ x3 + x2 + x1\nvisual ~ sex", mi = TRUE, std = TRUE)
  b("roles", "group: Pasteur\nx3 ~ x1 + x2\ngroup: Grant-White\nx1 ~ x3\nx2 ~ x1 + x3", amend = estimatesOnly, std = TRUE)
  b("observed-only-one", "group: Pasteur\nx4 ~ x1 + x2\nx5 ~ x4 + ageyr\ngroup: Grant-White\nvisual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9\nspeed ~ visual", amend = estimatesOnly, std = TRUE)
  b("wishart", two, list(likelihood = "wishart"))
  b("observed-information", options = list(information = "observed"))
  for (e in c("MLR", "MLM", "MLMV", "MLMVS", "MLF")) b(tolower(e), options = list(estimator = e), std = TRUE)
  for (e in c("GLS", "ULS", "WLS", "DWLS")) b(tolower(e), two, list(estimator = e), amend = estimatesOnly)
  b("weights-mlr", options = list(estimator = "MLR", sampling.weights = "w"), amend = estimatesOnly)
  b("clusters-mlr", two, list(estimator = "MLR", cluster = "site"), amend = estimatesOnly)
  b("fiml", two, list(missing = "ml"), own("holes"), amend = estimatesOnly, hidden = em, mi = TRUE, std = TRUE)
  b("fiml-x", both, list(missing = "ml"), own("holes"), amend = estimatesOnly, hidden = em)
  b("fiml-mlx", both, list(missing = "ml.x"), own("holes"), amend = estimatesOnly, hidden = em)
  b("fiml-mlr", metric, list(missing = "ml", estimator = "MLR"), own("holes"), amend = estimatesOnly, hidden = em, std = TRUE)
  b("fiml-x-mlr", both, list(missing = "ml", estimator = "MLR"), own("holes"), amend = estimatesOnly, hidden = em)
  b("listwise-holes", both, list(), own("holes"))
  o <- function(id, options = list(), syntax = ordinal, ...) b(id, syntax, c(list(ordered = items), options), amend = groupsOf(c("raw", "cor.bollen"), character(0)), ...)
  o("wlsmv", mi = TRUE, std = TRUE)
  o("wlsmv-theta", list(parameterization = "theta"))
  o("wlsmv-metric", syntax = gsub("x([0-9])", "u\\1", metric))
  o("ulsmv", list(estimator = "ULSMV"))
  b("wlsmv-mixed", "group: Pasteur\nvisual =~ x1 + x2 + x3\ntextual =~ u4 + u5 + u6\ngroup: Grant-White\nvisual =~ x1 + x2 + x3\nspeed =~ u7 + u8 + u9", list(ordered = paste0("u", 4:9)), amend = estimatesOnly)
  record("growth-cohorts", "group: early\ni =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4\ni ~ m*1\ns ~ k*1\ngroup: middle\ni =~ 1*t1 + 1*t2 + 1*t3\ns =~ 0*t1 + 1*t2 + 2*t3\ni ~ m*1\ns ~ k*1\ngroup: late\ni =~ 1*t2 + 1*t3 + 1*t4\ns =~ 1*t2 + 2*t3 + 3*t4\ni ~ m*1\ns ~ k*1", own("cohorts"), "growth", list(group = "cohort"), std = TRUE, amend = groupsOf(c("raw", "cor.bollen", "cor.bentler", "normalized"), "regression"))
  part <- function(name) { frame <- read.csv(dataPath(own("schools"))); frame[frame$school == name, paste0("x", if (name == "Pasteur") 1:6 else c(1:3, 7:9))] }
  covs <- lapply(setNames(names(asked), names(asked)), function(name) cov(part(name)))
  record("covariances", two, cov = covs, n = c(156, 145), means = lapply(names(asked), function(name) colMeans(part(name))), amend = estimatesOnly)
})
