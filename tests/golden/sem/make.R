# Expected answers of structural equation models, by lavaan.
# Run: LC_ALL=C.UTF-8 Rscript make.R            (all families)
#      LC_ALL=C.UTF-8 Rscript make.R normal      (one family)
# Writes data/*.csv and expected/<family>.json: a list of {id, job, expected}.
suppressMessages({library(lavaan); library(jsonlite)})
source("polish.R")
source("data.R")
u <- unbox
`%||%` <- function(a, b) if (is.null(a)) b else a
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }
families <- list()
models <- NULL

record <- function(id, syntax, data = NULL, fun = "sem", options = list(), cov = NULL, n = NULL, means = NULL, mi = FALSE, std = FALSE, want = character(0), hidden = list()) {
  message(id)
  arguments <- options
  job <- list(fun = u(fun), syntax = u(syntax))
  if (!is.null(data)) { job$dataFile <- u(paste0("data/", data, ".csv")); arguments$data <- read.csv(paste0("data/", data, ".csv"), check.names = FALSE, encoding = "UTF-8") }
  if (!is.null(cov)) {
    wrap <- function(S) list(names = rownames(S), values = unname(S))
    job$sampleCov <- if (is.list(cov)) lapply(unname(cov), wrap) else wrap(cov)
    job$n <- if (length(n) > 1) n else u(n)
    arguments$sample.cov <- cov; arguments$sample.nobs <- if (is.list(cov)) as.list(n) else n
    if (!is.null(means)) { job$means <- if (is.list(means)) lapply(means, unname) else unname(means); arguments$sample.mean <- means }
  }
  arguments <- c(arguments, hidden)
  fit <- suppressWarnings(do.call(fun, c(list(model = syntax), arguments)))
  if (!lavInspect(fit, "converged")) stop(id, " did not converge")
  default <- fit
  polished <- if (any(nzchar(fit@ParTable$efa %||% ""))) list(fit = fit, gradient = NA) else polish(fit)
  fit <- polished$fit
  pe <- parameterEstimates(fit, standardized = TRUE, remove.system.eq = FALSE, remove.eq = FALSE, remove.ineq = FALSE, remove.def = FALSE)
  pe <- pe[!(pe$op %in% c("==", "<", ">")), ]
  column <- function(name, default) if (is.null(pe[[name]])) rep(default, nrow(pe)) else pe[[name]]
  expected <- list(gradient = u(polished$gradient), npar = u(lavInspect(fit, "npar")), df = u(unname(fitMeasures(fit, "df"))), nobs = u(sum(lavInspect(fit, "nobs"))), ngroups = u(lavInspect(fit, "ngroups")),
    parameters = list(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, group = if (is.null(pe$block)) rep(1L, nrow(pe)) else as.integer(pe$block), label = column("label", ""), est = number(pe$est), se = number(column("se", NA)), z = number(column("z", NA)), p = number(column("pvalue", NA)), ci.lower = number(column("ci.lower", NA)), ci.upper = number(column("ci.upper", NA)), std.lv = number(pe$std.lv), std.all = number(pe$std.all)))
  fm <- fitMeasures(fit)
  expected$fitMeasures <- lapply(as.list(fm), function(v) u(number(v)))
  r2 <- lavInspect(fit, "rsquare")
  if (lavInspect(fit, "ngroups") == 1) expected$rsquare <- lapply(as.list(r2), function(v) u(number(v)))
  if (mi) {
    m <- suppressWarnings(modindices(fit, minimum.value = 0.01))
    m <- head(m[order(-m$mi), ], 25)
    expected$modindices <- list(lhs = m$lhs, op = m$op, rhs = m$rhs, group = if (is.null(m$group)) rep(1L, nrow(m)) else m$group, mi = number(m$mi), epc = number(m$epc), sepc.lv = number(m$sepc.lv), sepc.all = number(m$sepc.all))
    job$want <- c("modindices", want)
  }
  if (std) {
    s <- standardizedSolution(fit)
    s <- s[!(s$op %in% c("==", "<", ">")), ]
    expected$standardized <- list(lhs = s$lhs, op = s$op, rhs = s$rhs, group = if (is.null(s$group)) rep(1L, nrow(s)) else s$group, est.std = number(s$est.std), se = number(s$se), ci.lower = number(s$ci.lower), ci.upper = number(s$ci.upper))
    job$want <- c(job$want, "standardized")
  }
  if (length(options)) job$options <- lapply(options, function(v) if (is.list(v)) lapply(v, u) else if (length(v) == 1) u(v) else v)
  models[[length(models) + 1]] <<- list(id = u(id), job = job, expected = expected)
  invisible(fit)
}

family <- function(name, code) {
  wanted <- commandArgs(trailingOnly = TRUE)
  if (length(wanted) && !(name %in% wanted)) return(invisible())
  models <<- list()
  code()
  write(toJSON(list(family = u(name), lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models), digits = I(15), na = "null"), paste0("expected/", name, ".json"))
  message(name, ": ", length(models))
}

hs <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
political <- "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + y2 + y3 + y4\ndem65 =~ y5 + y6 + y7 + y8\ndem60 ~ ind60\ndem65 ~ ind60 + dem60\ny1 ~~ y5\ny2 ~~ y4 + y6\ny3 ~~ y7\ny4 ~~ y8\ny6 ~~ y8"
equalLoadings <- "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + a*y2 + b*y3 + c*y4\ndem65 =~ y5 + a*y6 + b*y7 + c*y8\ndem60 ~ ind60\ndem65 ~ ind60 + dem60\ny1 ~~ y5\ny2 ~~ y4 + y6\ny3 ~~ y7\ny4 ~~ y8\ny6 ~~ y8"
line <- "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4"

family("normal", function() {
  record("hs-cfa", hs, "hs", "cfa", mi = TRUE, std = TRUE)
  record("hs-cfa-stdlv", hs, "hs", "cfa", list(std.lv = TRUE), mi = TRUE, std = TRUE)
  record("hs-cfa-means", hs, "hs", "cfa", list(meanstructure = TRUE), std = TRUE)
  record("hs-cfa-orthogonal", hs, "hs", "cfa", list(orthogonal = TRUE), mi = TRUE)
  record("hs-cfa-effect-loadings", hs, "hs", "cfa", list(effect.coding = "loadings"), std = TRUE)
  record("hs-cfa-effect-coding", hs, "hs", "cfa", list(effect.coding = TRUE, meanstructure = TRUE))
  record("hs-cfa-wishart", hs, "hs", "cfa", list(likelihood = "wishart"))
  record("hs-cfa-observed", hs, "hs", "cfa", list(information = "observed"), std = TRUE)
  record("hs-cfa-observed-h1", hs, "hs", "cfa", list(information = "observed", observed.information = "h1"))
  record("hs-cfa-first-order", hs, "hs", "cfa", list(information = "first.order"))
  record("hs-cfa-stdov", hs, "hs", "cfa", list(std.ov = TRUE))
  record("hs-cfa-eqs", hs, "hs", "cfa", list(mimic = "EQS"))
  record("hs-one-factor", "g =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9", "hs", "cfa", mi = TRUE)
  record("hs-second-order", paste0(hs, "\ng =~ visual + textual + speed"), "hs", "cfa", std = TRUE)
  record("hs-second-order-stdlv", paste0(hs, "\ng =~ visual + textual + speed"), "hs", "cfa", list(std.lv = TRUE))
  record("hs-bifactor", "g =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9\nt =~ x4 + x5 + x6\ns =~ x7 + x8 + x9", "hs", "cfa", list(orthogonal = TRUE, std.lv = TRUE))
  record("hs-crossloading", "visual =~ x1 + x2 + x3 + x9\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9\nx7 ~~ x8", "hs", "cfa")
  record("hs-tau-equivalent", "visual =~ x1 + a*x2 + a*x3\ntextual =~ x4 + b*x5 + b*x6\nspeed =~ x7 + c*x8 + c*x9\na == b", "hs", "cfa", mi = TRUE, std = TRUE)
  record("hs-defined", "visual =~ x1 + l2*x2 + l3*x3\ntextual =~ x4 + x5 + x6\ntextual ~ b*visual\nratio := l2/l3\nproduct := b*exp(l2) - sqrt(l3^2 + 1)\nsecond := 2*ratio + product", "hs")
  record("hs-fixed", "visual =~ 1*x1 + 0.5*x2 + x3\ntextual =~ NA*x4 + x5 + x6\ntextual ~~ 1*textual\nvisual ~~ 0.3*textual", "hs", "cfa")
  record("hs-mimic", paste0(hs, "\nvisual ~ ageyr + sex\ntextual ~ ageyr + sex\nspeed ~ ageyr"), "hs", std = TRUE)
  record("hs-mimic-random", paste0(hs, "\nvisual ~ ageyr + sex\ntextual ~ ageyr + sex\nspeed ~ ageyr"), "hs", options = list(fixed.x = FALSE), std = TRUE)
  record("hs-mimic-means", paste0(hs, "\nvisual ~ ageyr + sex\ntextual ~ ageyr"), "hs", options = list(meanstructure = TRUE))
  record("hs-mimic-conditional", paste0(hs, "\nvisual ~ ageyr + sex\ntextual ~ ageyr"), "hs", options = list(conditional.x = TRUE))
  record("hs-single-indicator", "visual =~ x1 + x2 + x3\nt =~ x5\nx5 ~~ 0.3*x5\nt ~ visual", "hs")
  record("hs-path", "x1 ~ x2 + x3\nx4 ~ x1 + x2\nx7 ~ x1 + x4", "hs", mi = TRUE, std = TRUE)
  record("hs-mediation", "x4 ~ a*x1\nx7 ~ b*x4 + c*x1\nindirect := a*b\ntotal := c + a*b\nshare := indirect/total", "hs", std = TRUE)
  record("hs-nonrecursive", "x1 ~ x4 + x2\nx4 ~ x1 + x5\nx1 ~~ x4", "hs")
  record("hs-saturated", "x1 ~~ x2 + x3\nx2 ~~ x3", "hs")
  record("hs-regression-intercept", "x1 ~ 1 + x2 + x3", "hs")
  record("hs-latent-regression", paste0(hs, "\nspeed ~ visual + textual"), "hs", mi = TRUE, std = TRUE)
  record("hs-product", "x1 ~ x2 + x3 + x2:x3", "hs")
  record("political", political, "political", mi = TRUE, std = TRUE)
  record("political-equal", equalLoadings, "political", mi = TRUE, std = TRUE)
  record("political-means", political, "political", options = list(meanstructure = TRUE))
  record("political-nonlinear", "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + a*y2 + b*y3 + c*y4\ndem60 ~ d*ind60\na == b*c", "political")
  record("political-inequality", "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + a*y2 + b*y3 + c*y4\ndem60 ~ d*ind60\na > 1.5\nb < 2", "political")
  record("political-linear", "ind60 =~ x1 + l1*x2 + l2*x3\ndem60 =~ y1 + a*y2 + b*y3 + c*y4\ndem60 ~ d*ind60\na + b == 2*c\nd == 1.4", "political")
  record("growth-linear", line, "growth", "growth", std = TRUE)
  record("growth-covariates", paste0(line, "\ni ~ x1 + x2\ns ~ x1 + x2"), "growth", "growth")
  record("growth-time-varying", paste0(line, "\ni ~ x1 + x2\ns ~ x1 + x2\nt1 ~ c1\nt2 ~ c2\nt3 ~ c3\nt4 ~ c4"), "growth", "growth")
  record("growth-equal-residuals", paste0(line, "\nt1 ~~ r*t1\nt2 ~~ r*t2\nt3 ~~ r*t3\nt4 ~~ r*t4"), "growth", "growth")
  record("growth-latent-basis", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + t2 + t3 + 1*t4", "growth", "growth")
  record("lavaan-explicit", "f =~ 1*x1 + x2 + x3\nf ~~ f\nx1 ~~ x1\nx2 ~~ x2\nx3 ~~ x3", "hs", "lavaan")
  record("lavaan-auto", paste0(hs, "\nspeed ~ visual"), "hs", "lavaan", list(auto.var = TRUE, auto.fix.first = TRUE, auto.cov.lv.x = TRUE))
  record("chinese-names", "质量 =~ 外观 + 性能 + 耐用\n满意 =~ 总体 + 预期 + 理想\n满意 ~ b*质量\n效应 := b^2", "chinese", std = TRUE)
  record("scales-wild", "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\ng ~ f", "wild")
  S <- cov(PoliticalDemocracy)
  record("covariance-political", political, cov = S, n = 75)
  record("covariance-political-means", political, cov = S, n = 75, means = colMeans(PoliticalDemocracy), options = list(meanstructure = TRUE))
  record("covariance-no-rescale", "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + y2 + y3 + y4\ndem60 ~ ind60", cov = S[c("x1", "x2", "x3", "y1", "y2", "y3", "y4"), c("x1", "x2", "x3", "y1", "y2", "y3", "y4")], n = 75, options = list(sample.cov.rescale = FALSE))
  for (e in c("GLS", "ULS")) {
    record(paste0(tolower(e), "-hs"), hs, "hs", "cfa", list(estimator = e))
    record(paste0(tolower(e), "-political"), political, "political", options = list(estimator = e))
    record(paste0(tolower(e), "-hs-means"), hs, "hs", "cfa", list(estimator = e, meanstructure = TRUE))
    record(paste0(tolower(e), "-mimic"), paste0(hs, "\nvisual ~ ageyr + sex"), "hs", options = list(estimator = e))
    record(paste0(tolower(e), "-equal"), equalLoadings, "political", options = list(estimator = e))
  }
  record("gls-groups", hs, "hs", "cfa", list(estimator = "GLS", group = "school", group.equal = "loadings"))
  record("wls-hs", "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6", "hs", "cfa", list(estimator = "WLS"))
  record("wls-hs-means", "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6", "hs", "cfa", list(estimator = "WLS", meanstructure = TRUE))
  record("dwls-continuous", hs, "hs", "cfa", list(estimator = "DWLS"))
})

family("groups", function() {
  g <- function(id, ge = NULL, gp = NULL, syntax = hs, options = list(), ...) {
    options <- c(list(group = "school"), if (!is.null(ge)) list(group.equal = ge), if (!is.null(gp)) list(group.partial = gp), options)
    record(id, syntax, "hs", "cfa", options, ...)
  }
  g("configural", mi = TRUE, std = TRUE); g("metric", "loadings", mi = TRUE, std = TRUE); g("scalar", c("loadings", "intercepts"), mi = TRUE, std = TRUE); g("strict", c("loadings", "intercepts", "residuals")); g("means", c("loadings", "intercepts", "residuals", "means"))
  g("all-equal", c("loadings", "intercepts", "residuals", "lv.variances", "lv.covariances", "means")); g("partial", c("loadings", "intercepts"), c("visual=~x2", "x7~1"))
  g("configural-stdlv", options = list(std.lv = TRUE)); g("metric-stdlv", "loadings", options = list(std.lv = TRUE)); g("scalar-stdlv", c("loadings", "intercepts"), options = list(std.lv = TRUE), std = TRUE); g("scalar-effect", c("loadings", "intercepts"), options = list(effect.coding = TRUE))
  g("no-means", "loadings", options = list(meanstructure = FALSE)); g("wishart", "loadings", options = list(likelihood = "wishart"))
  g("labels", syntax = "visual =~ x1 + c(a1,a2)*x2 + c(b,b)*x3\ntextual =~ x4 + x5 + x6\ntextual ~ c(r1,r2)*visual\ndifference := r1 - r2\nratio := a1/a2")
  g("constraint", syntax = "visual =~ x1 + c(a1,a2)*x2 + x3\nspeed =~ x7 + x8 + x9\na1 == 2*a2 - 0.5")
  g("blocks", syntax = "group: Pasteur\nvisual =~ x1 + x2 + x3\ngroup: Grant-White\nvisual =~ x1 + x2 + x3 + x4")
  g("group-covariate", c("loadings", "regressions"), syntax = paste0(hs, "\nvisual ~ ageyr + sex\nspeed ~ ageyr"))
  g("uls-groups", "loadings", options = list(estimator = "ULS")); g("observed", c("loadings", "intercepts"), options = list(information = "observed"))
  record("three-groups", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "threegroups", options = list(group = "site", group.equal = c("loadings", "intercepts")), std = TRUE)
  record("three-groups-regressions", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "threegroups", options = list(group = "site", group.equal = c("loadings", "intercepts", "regressions")), mi = TRUE)
  S <- list(Pasteur = cov(subset(HolzingerSwineford1939, school == "Pasteur")[, 7:15]), `Grant-White` = cov(subset(HolzingerSwineford1939, school == "Grant-White")[, 7:15]))
  m <- list(colMeans(subset(HolzingerSwineford1939, school == "Pasteur")[, 7:15]), colMeans(subset(HolzingerSwineford1939, school == "Grant-White")[, 7:15]))
  record("covariance-groups", hs, cov = S, n = c(156, 145), means = m, fun = "cfa", options = list(group.equal = c("loadings", "intercepts")))
})

family("robust", function() {
  cases <- list(c("hs", hs, "hs", "cfa"), c("mimic", paste0(hs, "\nvisual ~ ageyr + sex\nspeed ~ visual"), "hs", "sem"), c("political", political, "political", "sem"), c("skewed", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ b*f\ne := b^2", "skewed", "sem"))
  for (case in cases) for (e in c("MLR", "MLM", "MLMV", "MLMVS", "MLF")) record(paste0(tolower(e), "-", case[1]), case[2], case[3], case[4], list(estimator = e), std = e == "MLR" && case[1] == "skewed")
  record("mlr-means", hs, "hs", "cfa", list(estimator = "MLR", meanstructure = TRUE))
  record("mlr-equal", equalLoadings, "political", options = list(estimator = "MLR"))
  record("mlm-equal", equalLoadings, "political", options = list(estimator = "MLM"))
  record("mlr-groups", hs, "hs", "cfa", list(estimator = "MLR", group = "school"))
  record("mlr-groups-scalar", hs, "hs", "cfa", list(estimator = "MLR", group = "school", group.equal = c("loadings", "intercepts")))
  record("mlm-groups-scalar", hs, "hs", "cfa", list(estimator = "MLM", group = "school", group.equal = c("loadings", "intercepts")))
  record("se-robust", hs, "hs", "cfa", list(se = "robust"))
  record("se-huber-white", hs, "hs", "cfa", list(se = "robust.huber.white"))
  record("test-satorra-bentler", hs, "hs", "cfa", list(test = "satorra.bentler"))
  record("test-yuan-bentler", hs, "hs", "cfa", list(test = "yuan.bentler", estimator = "MLR"))
  record("test-scaled-shifted", hs, "hs", "cfa", list(test = "scaled.shifted"))
  record("test-mean-var-adjusted", hs, "hs", "cfa", list(test = "mean.var.adjusted"))
  record("test-browne", hs, "hs", "cfa", list(test = "browne.residual.adf"))
  for (e in c("ULSMV", "WLSMV", "WLSM", "ULSM", "WLSMVS")) record(paste0(tolower(e), "-continuous"), hs, "hs", "cfa", list(estimator = e))
  record("uls-robust", hs, "hs", "cfa", list(estimator = "ULS", se = "robust"))
})

family("missing", function() {
  em <- list(em.h1.tol = 1e-12, em.h1.iter.max = 20000)
  agree <- "agree =~ A1 + A2 + A3 + A4 + A5\nneuro =~ N1 + N2 + N3 + N4 + N5"
  ml <- function(id, syntax, data, fun = "sem", options = list(), ...) record(id, syntax, data, fun, c(list(missing = "ml"), options), hidden = em, ...)
  ml("fiml-bfi", agree, "bfi", "cfa", std = TRUE, mi = TRUE)
  ml("fiml-bfi-structural", "agree =~ A1 + A2 + A3\nneuro =~ N1 + N2 + N3\nneuro ~ b*agree\ne := b^2", "bfi")
  ml("fiml-hs", hs, "hsmissing", "cfa", std = TRUE)
  ml("fiml-hs-stdlv", hs, "hsmissing", "cfa", list(std.lv = TRUE))
  ml("fiml-hs-expected", hs, "hsmissing", "cfa", list(information = "expected"))
  ml("fiml-hs-first-order", hs, "hsmissing", "cfa", list(information = "first.order"))
  ml("fiml-mimic", paste0(hs, "\nvisual ~ ageyr + sex\nspeed ~ textual"), "hsmissing")
  ml("fiml-groups", hs, "hsmissing", "cfa", list(group = "school"))
  ml("fiml-groups-scalar", hs, "hsmissing", "cfa", list(group = "school", group.equal = c("loadings", "intercepts")))
  ml("fiml-growth", line, "growthmissing", "growth")
  ml("fiml-second-order", paste0(hs, "\ng =~ visual + textual + speed"), "hsmissing", "cfa")
  ml("fiml-path", "x4 ~ a*x1 + x2\nx7 ~ b*x4 + c*x1\nab := a*b", "hsmissing", options = list(fixed.x = FALSE))
  ml("fiml-complete", hs, "hs", "cfa")
  ml("fiml-mlr", hs, "hsmissing", "cfa", list(estimator = "MLR"))
  ml("fiml-mlr-mimic", paste0(hs, "\nvisual ~ ageyr + sex\nspeed ~ textual"), "hsmissing", options = list(estimator = "MLR"))
  ml("fiml-mlr-bfi", agree, "bfi", "cfa", list(estimator = "MLR"))
  ml("fiml-mlf", hs, "hsmissing", "cfa", list(estimator = "MLF"))
  record("mlx", paste0("visual =~ x1 + x2 + x3\nvisual ~ x4 + x5"), "hsmissing", options = list(missing = "ml.x"), hidden = em)
  record("listwise", hs, "hsmissing", "cfa")
  record("listwise-mimic", paste0(hs, "\nvisual ~ ageyr"), "hsmissing")
  for (m in c("two.stage", "robust.two.stage")) record(m, hs, "hsmissing", "cfa", list(missing = m), hidden = em)
})

family("categorical", function() {
  two <- "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8"
  all <- paste0("u", 1:8)
  o <- function(id, syntax = two, options = list(), data = "ordinal", ordered = all, fun = "cfa", ...) record(id, syntax, data, fun, c(list(ordered = ordered), options), ...)
  o("wlsmv", std = TRUE); o("wlsmv-theta", options = list(parameterization = "theta"), std = TRUE); o("wlsmv-stdlv", options = list(std.lv = TRUE))
  for (e in c("DWLS", "ULS", "WLS", "WLSM", "WLSMVS", "ULSMV", "ULSM")) o(tolower(e), options = list(estimator = e))
  o("wlsmv-structural", paste0(two, "\ng ~ b*f\ne := b^2"), fun = "sem", std = TRUE)
  o("wlsmv-one-factor", "f =~ u1 + u2 + u3 + u4"); o("wlsmv-equal", "f =~ u1 + a*u2 + a*u3 + u4\ng =~ u5 + u6 + u7 + u8")
  o("wlsmv-binary", "f =~ b1 + b2 + b3 + b4", data = "ordinal", ordered = paste0("b", 1:4)); o("wlsmv-binary-theta", "f =~ b1 + b2 + b3 + b4", options = list(parameterization = "theta"), ordered = paste0("b", 1:4))
  o("wlsmv-five", "f =~ v1 + v2 + v3 + v4 + v5\ng =~ v6 + v7 + v8 + v9 + v10\ng ~ f", ordered = paste0("v", 1:10), fun = "sem")
  o("wlsmv-mixed", "f =~ u1 + u2 + y1 + y2\ng =~ u5 + u6 + y3", ordered = c("u1", "u2", "u5", "u6")); o("wlsmv-mixed-structural", "f =~ y1 + y2 + y3\nu1 ~ f", ordered = "u1", fun = "sem")
  o("wlsmv-covariate", paste0(two, "\nf ~ x1 + x2\ng ~ f + x1"), fun = "sem"); o("wlsmv-covariate-joint", paste0(two, "\nf ~ x1"), options = list(conditional.x = FALSE), fun = "sem"); o("wlsmv-probit", "u1 ~ x1 + x2", ordered = "u1", fun = "sem"); o("wlsmv-covariate-theta", paste0(two, "\nf ~ x1 + x2"), options = list(parameterization = "theta"), fun = "sem")
  o("wlsmv-mediation", "m =~ y1 + y2 + y3\nm ~ a*x1\nu1 ~ b*m + c*x1\nab := a*b", ordered = "u1", fun = "sem")
  o("wlsmv-groups", options = list(group = "site")); o("wlsmv-groups-equal", options = list(group = "site", group.equal = c("loadings", "thresholds"))); o("wlsmv-groups-theta", options = list(group = "site", group.equal = c("loadings", "thresholds"), parameterization = "theta")); o("wlsmv-groups-loadings", options = list(group = "site", group.equal = "loadings"))
  o("wlsmv-scales", "f =~ u1 + u2 + u3 + u4\nu2 ~*~ 1*u2\nu1 | t1 + t2", options = list())
  o("wlsmv-pairwise", data = "ordinalmissing", options = list(missing = "pairwise")); o("wlsmv-listwise", data = "ordinalmissing")
  o("wlsmv-bfi", "agree =~ A1 + A2 + A3 + A4 + A5\nneuro =~ N1 + N2 + N3 + N4 + N5", data = "bfi", ordered = c(paste0("A", 1:5), paste0("N", 1:5)))
  o("wlsmv-second-order", "f =~ v1 + v2 + v3\ng =~ v4 + v5 + v6\nh =~ v7 + v8 + v9\ns =~ f + g + h", ordered = paste0("v", 1:9))
})

family("design", function() {
  record("weights", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "clusters", options = list(sampling.weights = "w"))
  record("weights-mlr", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "clusters", options = list(sampling.weights = "w", estimator = "MLR"))
  record("cluster", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "clusters", options = list(cluster = "site"))
  record("cluster-groups", "f =~ y1 + y2 + y3 + y4", "clusters", "cfa", options = list(cluster = "site", group = "kind"))
  record("cluster-weights", "f =~ y1 + y2 + y3 + y4", "clusters", "cfa", options = list(cluster = "site", sampling.weights = "w"))
  record("cluster-mimic", "f =~ y1 + y2 + y3 + y4\nf ~ x", "clusters", options = list(cluster = "site"))
})

family("exploratory", function() {
  x <- paste0("x", 1:9, collapse = " + ")
  three <- paste0('efa("b")*f1 + efa("b")*f2 + efa("b")*f3 =~ ', x)
  for (r in c("varimax", "oblimin", "geomin", "promax", "quartimin")) record(paste0("efa-", r), three, "hs", "cfa", list(rotation = r), hidden = list(control = list(rel.tol = 1e-13)))
  record("efa-oblimin-raw", three, "hs", "cfa", list(rotation = "oblimin", rotation.args = list(std.ov = FALSE)), hidden = list(control = list(rel.tol = 1e-13)))
  record("efa-geomin-raw", three, "hs", "cfa", list(rotation = "geomin", rotation.args = list(std.ov = FALSE, geomin.epsilon = 0.01)), hidden = list(control = list(rel.tol = 1e-13)))
  record("esem", paste0('efa("b")*f1 + efa("b")*f2 =~ x1 + x2 + x3 + x4 + x5 + x6\ng =~ x7 + x8 + x9\ng ~ f1 + f2'), "hs", "sem", list(rotation = "oblimin"))
})
