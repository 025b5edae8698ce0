# Expected answers of two-level models, by lavaan.
# Run: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
# Writes data/*.csv and expected.json: a list of {id, job, expected}.
suppressMessages({library(lavaan); library(jsonlite)})
source("data.R")
source("oracle.R")
u <- unbox
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }

# lavaan stops the EM of the saturated model when the log-likelihood moves by less than 1e-4.
lavaanSpace <- asNamespace("lavaan")
saturated <- lavaanSpace$lav_mvnorm_cluster_em_sat
assignInNamespace("lav_mvnorm_cluster_em_sat", function(..., tol, max.iter) saturated(..., tol = 1e-12, max.iter = 200000L), ns = "lavaan")

models <- list()
record <- function(id, syntax, data = "clusters", fun = "sem", options = list(), scores = FALSE) {
  message(id)
  options$cluster <- "id"
  file <- paste0("data/", data, ".csv")
  fit <- suppressWarnings(do.call(fun, c(list(model = syntax, data = read.csv(file)), options)))
  if (!lavInspect(fit, "converged")) stop(id, " did not converge")
  polished <- polishLevels(fit)
  fit <- polished$fit
  robust <- if (scores) robustByScores(fit, read.csv(file))
  if (scores) fit <- robust$fit
  pe <- parameterEstimates(fit, standardized = TRUE, remove.system.eq = FALSE, remove.eq = FALSE, remove.def = FALSE)
  pe <- pe[!(pe$op %in% c("==", "<", ">")), ]
  column <- function(name, default) if (is.null(pe[[name]])) rep(default, nrow(pe)) else pe[[name]]
  inLevel <- function(rows) ifelse(rows$block == 0, 0L, ((rows$block - 1L) %% 2L) + 1L)
  inGroup <- function(rows) ifelse(rows$block == 0, 0L, ((rows$block - 1L) %/% 2L) + 1L)
  expected <- list(gradient = u(polished$gradient), npar = u(lavInspect(fit, "npar")), df = u(unname(fitMeasures(fit, "df"))), nobs = u(sum(lavInspect(fit, "nobs"))), ngroups = u(lavInspect(fit, "ngroups")),
    parameters = list(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, group = inGroup(pe), level = inLevel(pe), est = number(pe$est), se = number(pe$se), z = number(pe$z), p = number(pe$pvalue), ci.lower = number(pe$ci.lower), ci.upper = number(pe$ci.upper), std.lv = number(pe$std.lv), std.all = number(pe$std.all)))
  expected$fitMeasures <- lapply(as.list(fitMeasures(fit)), function(v) u(number(v)))
  expected$fitMeasures[names(srmrOf(fit))] <- lapply(srmrOf(fit), u)
  # lavaan's minimum weighs groups twice
  if (lavInspect(fit, "ngroups") > 1) expected$fitMeasures$fmin <- NULL
  if (scores) {
    expected$fitMeasures$scaling.factor.h0 <- u(robust$h0)
    expected$fitMeasures$scaling.factor.h1 <- u(robust$h1)
    # left out: what rests on the scaled baseline, and a scaled RMSEA, whose trace lavaan keeps elsewhere
    expected$fitMeasures[grepl("^(baseline|cfi|tli|nnfi|rfi|nfi|pnfi|ifi|rni).*(scal|robust)|^rmsea.*scaled", names(expected$fitMeasures))] <- NULL
  }
  r2 <- lavInspect(fit, "rsquare")
  expected$rsquare <- lapply(seq_along(r2), function(b) lapply(as.list(r2[[b]]), function(v) u(number(v))))
  icc <- lavInspect(fit, "icc")
  if (!is.list(icc)) icc <- list(icc)
  expected$icc <- lapply(unname(icc), function(g) lapply(as.list(g), function(v) u(number(v))))
  s <- standardizedSolution(fit)
  s <- s[!(s$op %in% c("==", "<", ">")), ]
  if (is.null(s$block)) s$block <- pe$block
  expected$standardized <- list(lhs = s$lhs, op = s$op, rhs = s$rhs, group = inGroup(s), level = inLevel(s), est.std = number(s$est.std), se = number(s$se), ci.lower = number(s$ci.lower), ci.upper = number(s$ci.upper))
  job <- list(fun = u(fun), syntax = u(syntax), dataFile = u(file), options = lapply(options, function(v) if (length(v) == 1) u(v) else v), want = c("standardized"))
  models[[length(models) + 1]] <<- list(id = u(id), job = job, expected = expected)
  invisible(fit)
}

cfa2 <- "level: 1\n  fw =~ y1 + y2 + y3\n  gw =~ y4 + y5 + y6\nlevel: 2\n  fb =~ y1 + y2 + y3 + y4 + y5 + y6\n"
record("cfa-both-levels", cfa2)
record("cfa-both-levels-mlr", cfa2, options = list(estimator = "MLR"))
record("cfa-first-order", cfa2, options = list(information = "first.order"))
record("cfa-expected-information", cfa2, options = list(information = "expected"))
record("cfa-balanced", cfa2, "balanced")
record("cfa-balanced-mlr", cfa2, "balanced", options = list(estimator = "MLR"))
record("cfa-std-lv", cfa2, fun = "cfa", options = list(std.lv = TRUE))
record("cfa-se-robust", cfa2, options = list(se = "robust"))
record("regressions-both-levels", "level: within\n  fw =~ y1 + y2 + y3\n  gw =~ y4 + y5 + y6\n  gw ~ fw\nlevel: between\n  fb =~ y1 + y2 + y3\n  gb =~ y4 + y5 + y6\n  gb ~ fb")
record("observed-path", "level: 1\n  y1 ~ y2 + x1\nlevel: 2\n  y1 ~ y2 + w1", options = list(fixed.x = FALSE))
record("observed-path-fixed", "level: 1\n  y4 ~ a*y1\n  y6 ~ b*y4 + y1\nlevel: 2\n  y4 ~ c*y1\n  y6 ~ d*y4 + y1\n  within := a*b\n  between := c*d\n  difference := c*d - a*b")
record("between-covariates", "level: 1\n  fw =~ y1 + y2 + y3\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ w1 + w2")
record("between-covariates-mlr", "level: 1\n  fw =~ y1 + y2 + y3\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ w1 + w2", options = list(estimator = "MLR"))
record("within-covariates", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1 + x2\nlevel: 2\n  fb =~ y1 + y2 + y3")
record("within-covariates-mlr", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1 + x2\nlevel: 2\n  fb =~ y1 + y2 + y3", options = list(estimator = "MLR"), scores = TRUE)
record("covariates-of-both-levels", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x3\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ x3 + w1")
record("covariates-mixed-random", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1 + x3\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ x3 + w1", options = list(fixed.x = FALSE, estimator = "MLR"), scores = TRUE)
record("between-outcome", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ a*w1\n  out ~ b*fb + w2\n  indirect := a*b")
record("within-only-indicators", "level: 1\n  fw =~ x1 + x2 + y1\n  y2 ~ fw\nlevel: 2\n  y1 ~~ y2", options = list(estimator = "MLR"))
record("equal-loadings", "level: 1\n  f =~ y1 + a*y2 + b*y3\nlevel: 2\n  f =~ y1 + a*y2 + b*y3\n  ratio := a/b")
record("equal-loadings-icc", "level: 1\n  f =~ NA*y1 + a*y1 + b*y2 + c*y3\n  f ~~ vw*f\nlevel: 2\n  f =~ NA*y1 + a*y1 + b*y2 + c*y3\n  f ~~ vb*f\n  vw + vb == 1\n  latentIcc := vb/(vw + vb)", options = list(estimator = "MLR"))
record("saturated", "level: 1\n  y1 ~~ y2 + y3\n  y2 ~~ y3\nlevel: 2\n  y1 ~~ y2 + y3\n  y2 ~~ y3")
record("fixed-residuals", "level: 1\n  fw =~ y1 + y2 + y3 + y4\nlevel: 2\n  fb =~ y1 + y2 + y3 + y4\n  y1 ~~ 0*y1\n  y2 ~~ 0*y2\n  fb ~ w1")
# lavaan 0.6-14 takes several groups only where each has its own `group:` block.
perGroup <- function(urban, rural = urban) paste0("group: urban\n", urban, "\ngroup: rural\n", rural)
groups <- "level: 1\n  fw =~ y1 + y2 + y3 + y4\nlevel: 2\n  fb =~ y1 + y2 + y3 + y4\n  fb ~ w1"
record("two-groups", perGroup(groups), options = list(group = "school"))
record("two-groups-mlr", perGroup(groups), options = list(group = "school", estimator = "MLR"), scores = TRUE)
labelled <- function(m) paste0("level: 1\n  fw =~ y1 + a*y2 + b*y3\nlevel: 2\n  fb =~ y1 + a*y2 + b*y3\n  y1 ~ ", m, "*1")
record("two-groups-labels", paste0(perGroup(labelled("m1"), labelled("m2")), "\nshift := m2 - m1"), options = list(group = "school"))
record("two-groups-blocks", perGroup("level: 1\n  fw =~ y1 + y2 + y3\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ w1", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ 0.3*w1"), options = list(group = "school"))

gradients <- sapply(models, function(model) model$expected$gradient)
message(length(models), " models, largest gradient ", format(max(gradients, na.rm = TRUE)))
write(toJSON(list(lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models), digits = I(15), na = "null"), "expected.json")
