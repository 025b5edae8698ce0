# Expected answers of pairwise maximum likelihood (estimator = "PML"), by lavaan.
# Run: npm run golden semPairwise   (data are ../semOrdinal/data and ../sem/data; writes expected.json and nested.json)
suppressMessages({library(lavaan); library(jsonlite)})
source("godambe.R")
u <- unbox
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }
models <- list()

source("settled.R")

record <- function(id, syntax, options = list(), data = "../semOrdinal/data/ordinal.csv", fun = "cfa", std = FALSE) {
  found <- settled(syntax, data, fun, options)
  message(format(Sys.time(), "%H:%M:%S "), id, ": moved ", signif(found$moved, 2))
  fit <- found$fit
  pe <- parameterEstimates(fit, standardized = TRUE, remove.system.eq = FALSE, remove.eq = FALSE, remove.ineq = FALSE, remove.def = FALSE)
  pe <- pe[!(pe$op %in% c("==", "<", ">")), ]
  theirs <- NULL
  if (lavInspect(fit, "ngroups") > 1 || fit@Options$missing == "available.cases") {
    own <- godambe(fit)
    if (own$score > 1e-4) stop("not at the optimum of the row-by-row likelihood")
    theirs <- pe$se
    free <- fit@ParTable$free[match(paste(pe$lhs, pe$op, pe$rhs, if (is.null(pe$block)) 1 else pe$block), paste(fit@ParTable$lhs, fit@ParTable$op, fit@ParTable$rhs, fit@ParTable$block))]
    pe$se <- ifelse(free > 0, sqrt(diag(own$vcov))[pmax(free, 1)], ifelse(pe$op == ":=", NA, pe$se))
    pe$z <- ifelse(pe$se > 0, pe$est / pe$se, NA); pe$pvalue <- 2 * pnorm(-abs(pe$z)); pe$ci.lower <- pe$est - qnorm(.975) * pe$se; pe$ci.upper <- pe$est + qnorm(.975) * pe$se
  }
  criteria <- tryCatch(lavaan:::ctr_pml_aic_bic(fit), error = function(e) NULL)
  measures <- lapply(as.list(fitMeasures(fit)), function(v) u(number(v)))
  if (!is.null(criteria) && fit@Options$missing != "available.cases") measures <- c(measures, list(pl.logl = u(criteria$logPL), pl.aic = u(criteria$PL_AIC), pl.bic = u(criteria$PL_BIC)))
  expected <- list(gradient = u(found$gradient), df = u(unname(fitMeasures(fit, "df"))), nobs = u(sum(lavInspect(fit, "nobs"))), ngroups = u(lavInspect(fit, "ngroups")),
    parameters = list(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, group = if (is.null(pe$block)) rep(1L, nrow(pe)) else as.integer(pe$block), est = number(pe$est), se = number(pe$se), z = number(pe$z), p = number(pe$pvalue), ci.lower = number(pe$ci.lower), ci.upper = number(pe$ci.upper), std.lv = number(pe$std.lv), std.all = number(pe$std.all)),
    fitMeasures = measures)
  if (!is.null(theirs)) expected$lavaanSe <- number(theirs)
  if (lavInspect(fit, "ngroups") == 1) expected$rsquare <- lapply(as.list(lavInspect(fit, "rsquare")), function(v) u(number(v)))
  job <- list(fun = u(fun), syntax = u(syntax), dataFile = u(data), options = c(list(estimator = u("PML")), lapply(options, function(v) if (length(v) == 1) u(v) else v)))
  if (std) {
    s <- standardizedSolution(fit); s <- s[!(s$op %in% c("==", "<", ">")), ]
    expected$standardized <- list(lhs = s$lhs, op = s$op, rhs = s$rhs, group = if (is.null(s$group)) rep(1L, nrow(s)) else s$group, est.std = number(s$est.std), se = number(s$se), ci.lower = number(s$ci.lower), ci.upper = number(s$ci.upper))
    job$want <- "standardized"
  }
  if (lavInspect(fit, "ngroups") == 1) { r <- resid(fit); k <- row.names(r$cov); expected$residuals <- list(names = k, cov = unname(r$cov), th = number(r$th)) }
  models[[length(models) + 1]] <<- list(id = u(id), job = job, expected = expected)
}

five <- "f =~ v1 + v2 + v3 + v4 + v5"
v5 <- paste0("v", 1:5); u8 <- paste0("u", 1:8)
four <- "f =~ u1 + u2 + u3 + u4"
two <- "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8"
holes <- "../sem/data/ordinalmissing.csv"

record("five", five, list(ordered = v5), std = TRUE)
record("binary", "f =~ b1 + b2 + b3 + b4", list(ordered = paste0("b", 1:4)), std = TRUE)
record("structural", paste0(two, "\ng ~ f"), list(ordered = u8), fun = "sem", std = TRUE)
record("theta", five, list(ordered = v5, parameterization = "theta"), std = TRUE)
record("theta-structural", paste0(two, "\ng ~ f"), list(ordered = u8, parameterization = "theta"), fun = "sem")
record("std-lv", two, list(ordered = u8, std.lv = TRUE))
record("labels", "f =~ a*v1 + a*v2 + a*v3 + v4 + v5", list(ordered = v5, std.lv = TRUE))
record("constraint", "f =~ v1 + a*v2 + b*v3 + v4 + v5\na == b", list(ordered = v5))
record("mediation", "f =~ u1 + u2 + u3\ng =~ u4 + u5 + u6\nh =~ u7 + u8 + b1\ng ~ a*f\nh ~ b*g + c*f\nindirect := a*b\ntotal := c + a*b", list(ordered = c(u8, "b1")), fun = "sem", std = TRUE)
record("residual-correlation", paste0(two, "\nu1 ~~ u5\nu2 ~~ u6"), list(ordered = u8))
record("mixed-categories", "f =~ u1 + u2 + v1 + v2 + b1 + b2", list(ordered = c("u1", "u2", "v1", "v2", "b1", "b2")))
record("second-order", "f =~ u1 + u2 + u3\ng =~ u4 + u5 + u6\nh =~ b1 + b2 + b3\ntop =~ f + g + h", list(ordered = c(u8[1:6], paste0("b", 1:3))))
record("outcome", "f =~ u1 + u2 + u3 + u4\nu5 ~ f\nu6 ~ f", list(ordered = u8[1:6]), fun = "sem")
record("fixed-threshold", paste0(five, "\nv1 | -1*t1 + t2 + t3 + t4"), list(ordered = v5))
record("equal-thresholds", paste0(five, "\nv1 | a*t1 + t2 + t3 + t4\nv2 | a*t1 + t2 + t3 + t4"), list(ordered = v5))
record("groups", four, list(ordered = u8[1:4], group = "site"))
record("groups-loadings", four, list(ordered = u8[1:4], group = "site", group.equal = "loadings"))
record("groups-thresholds", four, list(ordered = u8[1:4], group = "site", group.equal = c("loadings", "thresholds")))
record("groups-thresholds-theta", four, list(ordered = u8[1:4], group = "site", group.equal = c("loadings", "thresholds"), parameterization = "theta"))
record("groups-partial", four, list(ordered = u8[1:4], group = "site", group.equal = c("loadings", "thresholds"), group.partial = c("u1|t1", "u2|t2")))
record("listwise", "f =~ u1 + u2 + u3 + u4", list(ordered = u8[1:4]), holes)
record("pairwise", two, list(ordered = u8, missing = "pairwise"), holes)
record("available-cases", "f =~ u1 + u2 + u3 + u4", list(ordered = u8[1:4], missing = "available.cases"), holes)

write(toJSON(list(lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models), digits = I(15), na = "null"), "expected.json")
source("nested.R")
