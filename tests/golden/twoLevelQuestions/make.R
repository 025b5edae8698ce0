# Questions to two-level models: modification indices, score tests, residuals,
# factor scores, differences of models, other options. By lavaan, whose optimum
# is polished (../twoLevel/oracle.R); data are ../twoLevel/data.
# Run: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
suppressMessages({library(lavaan); library(jsonlite)})
source("../twoLevel/oracle.R")
source("expectedFactors.R")
u <- unbox
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }
lavaanSpace <- asNamespace("lavaan")
saturated <- lavaanSpace$lav_mvnorm_cluster_em_sat
assignInNamespace("lav_mvnorm_cluster_em_sat", function(..., tol, max.iter) saturated(..., tol = 1e-12, max.iter = 200000L), ns = "lavaan")
inLevel <- function(rows) ifelse(rows$block == 0, 0L, ((rows$block - 1L) %% 2L) + 1L)
inGroup <- function(rows) ifelse(rows$block == 0, 0L, ((rows$block - 1L) %/% 2L) + 1L)

models <- list()
# scores: "lavaan" where its scores are E(eta | answers); "density" where variables of level 2 alone,
# which lavaan leaves out of its regression scores of level 2, know of the factors too.
record <- function(id, syntax, data = "clusters", fun = "sem", options = list(), scores = "lavaan", add = NULL, questions = TRUE) {
  message(id)
  options$cluster <- "id"
  file <- paste0("../twoLevel/data/", data, ".csv")
  rows <- read.csv(file)
  fit <- polishLevels(suppressWarnings(do.call(fun, c(list(model = syntax, data = rows), options))))
  gradient <- fit$gradient; fit <- fit$fit
  pe <- parameterEstimates(fit, remove.system.eq = FALSE, remove.eq = FALSE, remove.def = FALSE)
  pe <- pe[!(pe$op %in% c("==", "<", ">")), ]
  out <- list(gradient = u(gradient), chisq = u(unname(fitMeasures(fit, "chisq"))), df = u(unname(fitMeasures(fit, "df"))),
    parameters = list(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, group = inGroup(pe), level = inLevel(pe), est = number(pe$est), se = if (is.null(pe$se)) rep(0, nrow(pe)) else number(pe$se)))
  if (questions) {
    m <- suppressWarnings(modindices(fit))
    # without the column all are of level 1
    if (is.null(m$block)) m$block <- rep(1L, nrow(m))
    # indices of what is not identified are rounding; of what has no residual lavaan standardizes by 0
    m <- m[is.finite(m$mi) & m$mi > 1e-3, ]
    out$modindices <- list(lhs = m$lhs, op = m$op, rhs = m$rhs, group = inGroup(m), level = inLevel(m), mi = m$mi, epc = m$epc, sepc.lv = ifelse(m$sepc.lv == 0, NA, number(m$sepc.lv)), sepc.all = ifelse(m$sepc.all == 0, NA, number(m$sepc.all)))
    out$residuals <- lapply(c(raw = "raw", cor.bollen = "cor.bollen", cor.bentler = "cor.bentler"), function(type) lapply(unname(residuals(fit, type = type)), function(r) {
      if (is.null(r$cov)) lapply(unname(r), function(x) list(names = rownames(x$cov), cov = unname(unclass(x$cov)), mean = number(x$mean))) else list(names = rownames(r$cov), cov = unname(unclass(r$cov)), mean = number(r$mean)) }))
    tested <- try(suppressWarnings(lavTestScore(fit, warn = FALSE)), silent = TRUE)
    if (!inherits(tested, "try-error")) out$score <- list(total = u(tested$test$X2), df = u(tested$test$df), univariate = number(tested$uni$X2))
    if (!is.null(add)) out$added <- list(add = u(add$text), univariate = number(suppressWarnings(lavTestScore(fit, add = add$lavaan, warn = FALSE))$uni$X2))
    if (scores == "lavaan" && lavInspect(fit, "ngroups") == 1) {
      of <- function(level, method) { s <- try(lavPredict(fit, level = level, method = method), silent = TRUE); if (inherits(s, "try-error") || ncol(s) == 0) NULL else list(latent = colnames(s), first = unname(head(unclass(s), 12)), squares = number(colSums(s^2))) }
      out$scores <- list(regression1 = of(1, "EBM"), regression2 = of(2, "EBM"), Bartlett1 = of(1, "Bartlett"), Bartlett2 = of(2, "Bartlett"))
      out$scores <- out$scores[!sapply(out$scores, is.null)]
    }
    if (scores == "density") {
      s <- expectedFactors(fit, rows, 8)
      of <- function(m) list(latent = colnames(m), first = unname(head(m, 12)), squares = NULL)
      out$scores <- list(regression1 = of(s$within), regression2 = of(s$between))
      # with an observed outcome at level 2 lavaan shrinks its Bartlett scores
      if (!grepl("~ fb", syntax)) {
        b <- lavPredict(fit, level = 2, method = "Bartlett")
        out$scores$Bartlett2 <- list(latent = colnames(b), first = unname(head(unclass(b), 12)), squares = number(colSums(b^2)))
      }
    }
  }
  options$cluster <- u("id")
  models[[length(models) + 1]] <<- list(id = u(id), job = list(fun = u(fun), syntax = u(syntax), dataFile = u(file), options = lapply(options, function(v) if (length(v) == 1) u(v) else v)), expected = out)
  invisible(fit)
}

cfa2 <- "level: 1\n  fw =~ y1 + y2 + y3\n  gw =~ y4 + y5 + y6\nlevel: 2\n  fb =~ y1 + y2 + y3 + y4 + y5 + y6\n"
record("cfa", cfa2, add = list(text = "level: 1\n fw =~ y4\nlevel: 2\n y1 ~~ y4", lavaan = "level: 1\n fw =~ y4\nlevel: 2\n y1 ~~ y4"))
record("cfa-balanced", cfa2, "balanced")
record("cfa-std-lv", cfa2, fun = "cfa", options = list(std.lv = TRUE))
record("cfa-mlr", cfa2, options = list(estimator = "MLR"))
record("regressions-both-levels", "level: within\n  fw =~ y1 + y2 + y3\n  gw =~ y4 + y5 + y6\n  gw ~ fw\nlevel: between\n  fb =~ y1 + y2 + y3\n  gb =~ y4 + y5 + y6\n  gb ~ fb")
record("within-covariates", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1 + x2\nlevel: 2\n  fb =~ y1 + y2 + y3")
record("within-covariates-random", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1 + x2\nlevel: 2\n  fb =~ y1 + y2 + y3", options = list(fixed.x = FALSE))
record("between-covariates", "level: 1\n  fw =~ y1 + y2 + y3\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ w1 + w2", scores = "density")
record("between-outcome", "level: 1\n  fw =~ y1 + y2 + y3\nlevel: 2\n  fb =~ y1 + y2 + y3\n  out ~ fb", scores = "density")
record("level-1-outcome", "level: 1\n  fw =~ y1 + y2 + y3\n  y4 ~ fw + x1\nlevel: 2\n  fb =~ y1 + y2 + y3\n  y4 ~ fb", options = list(fixed.x = FALSE), scores = "density")
record("equal-loadings", "level: 1\n  f =~ y1 + a*y2 + b*y3\nlevel: 2\n  f =~ y1 + a*y2 + b*y3")
record("equal-loadings-balanced", "level: 1\n  f =~ y1 + a*y2 + b*y3\nlevel: 2\n  f =~ y1 + a*y2 + b*y3", "balanced")
record("equal-loadings-by-constraint", "level: 1\n  fw =~ y1 + a1*y2 + b1*y3 + y4\nlevel: 2\n  fb =~ y1 + a2*y2 + b2*y3 + y4\n  a1 == a2\n  b1 == b2")
record("strict-zero-residuals", "level: 1\n  fw =~ y1 + y2 + y3 + y4\nlevel: 2\n  fb =~ y1 + y2 + y3 + y4\n  y1 ~~ 0*y1\n  y2 ~~ 0*y2", scores = "none")
record("within-only-indicators", "level: 1\n  fw =~ x1 + x2 + y1\n  y2 ~ fw\nlevel: 2\n  y1 ~~ y2", scores = "none")
record("second-order", "level: 1\n  fw =~ y1 + y2 + y3\n  gw =~ y4 + y5 + y6\n  hw =~ 1*fw + 1*gw\nlevel: 2\n  fb =~ y1 + y2 + y3 + y4 + y5 + y6", scores = "none")
record("no-factor-between", "level: 1\n  fw =~ y1 + y2 + y3 + y4\nlevel: 2\n  y1 ~~ y2 + y3 + y4\n  y2 ~~ y3 + y4\n  y3 ~~ y4")

# options
plain <- "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ w1"
record("effect-coding", plain, options = list(effect.coding = TRUE), questions = FALSE)
record("effect-coding-loadings", "level: 1\n  fw =~ y1 + y2 + y3 + y4\nlevel: 2\n  fb =~ y1 + y2 + y3 + y4", options = list(effect.coding = "loadings"), questions = FALSE)
record("se-none", plain, options = list(se = "none"), questions = FALSE)
record("composite", "level: 1\n  c <~ 1*x1 + x2\n  y1 ~ c\n  y2 ~ c\nlevel: 2\n  y1 ~~ y2", questions = FALSE)
record("std-ov", cfa2, options = list(std.ov = TRUE), questions = FALSE)
record("growth-both", "level: 1\n  iw =~ 1*y1 + 1*y2 + 1*y3\n  sw =~ 0*y1 + 1*y2 + 2*y3\nlevel: 2\n  ib =~ 1*y1 + 1*y2 + 1*y3\n  y1 ~~ v*y1\n  y2 ~~ v*y2\n  y3 ~~ v*y3", questions = FALSE)
record("orthogonal", "level: 1\n  fw =~ y1 + y2 + y3\n  gw =~ y4 + y5 + y6\nlevel: 2\n  fb =~ y1 + y2 + y3\n  gb =~ y4 + y5 + y6", fun = "cfa", options = list(orthogonal = TRUE), questions = FALSE)

# differences of nested models
differences <- list()
free <- "level: 1\n  fw =~ y1 + a1*y2 + b1*y3 + c1*y4\nlevel: 2\n  fb =~ y1 + a2*y2 + b2*y3 + c2*y4"
equal <- "level: 1\n  fw =~ y1 + a1*y2 + b1*y3 + c1*y4\nlevel: 2\n  fb =~ y1 + a1*y2 + b1*y3 + c1*y4"
for (estimator in c("ML", "MLR")) {
  of <- function(m) polishLevels(suppressWarnings(sem(m, read.csv("../twoLevel/data/clusters.csv"), cluster = "id", estimator = estimator)))$fit
  one <- of(free); two <- of(equal)
  d <- as.data.frame(lavTestLRT(one, two))
  w <- lavTestWald(one, "a1 == a2; b1 == b2; c1 == c2")
  differences[[estimator]] <- list(chisq = u(d[2, "Chisq diff"]), df = u(d[2, "Df diff"]), p = u(d[2, "Pr(>Chisq)"]), wald = u(as.numeric(w$stat)), wald.df = u(w$df))
}
out <- list(lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models, free = u(free), equal = u(equal), differences = differences)
write(toJSON(out, digits = I(14), na = "null", null = "null"), "expected.json")
