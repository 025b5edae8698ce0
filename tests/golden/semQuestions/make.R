# What is asked of a fit after fitting, by lavaan: residuals, factor scores, difference and Wald tests.
# Run: LC_ALL=C.UTF-8 Rscript make.R   (in this folder; data are ../sem/data/hs.csv)
suppressMessages({library(lavaan); library(jsonlite)})
hs <- read.csv("../sem/data/hs.csv")
model <- "visual =~ x1 + a*x2 + b*x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
plain <- gsub("[ab]\\*", "", model)
tight <- list() # the defaults: a stricter stop is reported as a failure
fit <- cfa(model, hs, control = tight)
equal <- cfa(plain, hs, group = "school", group.equal = c("loadings", "intercepts"), control = tight)
lower <- function(m) m[lower.tri(m)]
types <- c("raw", "cor.bollen", "cor.bentler", "normalized", "standardized")
out <- list(
  versions = list(R = as.character(getRversion()), lavaan = as.character(packageVersion("lavaan"))),
  model = model, plain = plain,
  residuals = sapply(types, function(t) lower(residuals(fit, type = t)$cov), simplify = FALSE),
  groupResiduals = sapply(c("normalized", "standardized"), function(t) lapply(residuals(equal, type = t), function(g) list(cov = lower(g$cov), mean = as.numeric(g$mean))), simplify = FALSE),
  scores = sapply(c("regression", "Bartlett"), function(m) { p <- lavPredict(fit, method = m, se = "standard"); list(first = as.numeric(p[1, ]), last = as.numeric(p[nrow(p), ]), se = as.numeric(attr(p, "se")[[1]])) }, simplify = FALSE),
  lrt = sapply(c("ML", "MLR", "MLM"), function(e) { t <- lavTestLRT(cfa(plain, hs, group = "school", estimator = e), cfa(plain, hs, group = "school", estimator = e, group.equal = "loadings")); list(difference = t$`Chisq diff`[2], df = t$`Df diff`[2], p = t$`Pr(>Chisq)`[2]) }, simplify = FALSE),
  wald = lapply(c("a == b", "a == b; a == 0.5"), function(constraint) { t <- lavTestWald(fit, constraint); list(constraint = constraint, statistic = as.numeric(t$stat), df = t$df, p = as.numeric(t$p.value)) })
)
write(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE), "expected.json")
