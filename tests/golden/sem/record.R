# What every maker of expected answers shares: lavaan's answer to one job, and families of them.
# Sourced by make.R here and beside, always from this folder.
suppressMessages({library(lavaan); library(jsonlite)})
source("polish.R")
u <- unbox
`%||%` <- function(a, b) if (is.null(a)) b else a
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }
# Data lie in data/; a name with a slash is a path from this folder.
dataPath <- function(data) paste0(if (grepl("/", data)) data else paste0("data/", data), ".csv")
expectedFolder <- "expected"
models <- NULL

# 1-based groups of rows; a model with `group:` blocks has their labels, and 0 or none for what belongs to no group.
groupNumber <- function(rows, fit) {
  if (is.null(rows$group)) return(rep(1L, nrow(rows)))
  if (is.numeric(rows$group)) return(rows$group)
  found <- match(rows$group, fit@Data@group.label)
  ifelse(is.na(found), 0L, found)
}

record <- function(id, syntax, data = NULL, fun = "sem", options = list(), cov = NULL, n = NULL, means = NULL, mi = FALSE, std = FALSE, want = character(0), hidden = list(), amend = function(fit, expected) expected) {
  message(id)
  arguments <- options
  job <- list(fun = u(fun), syntax = u(syntax))
  if (!is.null(data)) { job$dataFile <- u(dataPath(data)); arguments$data <- read.csv(dataPath(data), check.names = FALSE, encoding = "UTF-8") }
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
    expected$modindices <- list(lhs = m$lhs, op = m$op, rhs = m$rhs, group = groupNumber(m, fit), mi = number(m$mi), epc = number(m$epc), sepc.lv = number(m$sepc.lv), sepc.all = number(m$sepc.all))
    job$want <- c("modindices", want)
  }
  if (std) {
    s <- standardizedSolution(fit)
    s <- s[!(s$op %in% c("==", "<", ">")), ]
    expected$standardized <- list(lhs = s$lhs, op = s$op, rhs = s$rhs, group = groupNumber(s, fit), est.std = number(s$est.std), se = number(s$se), ci.lower = number(s$ci.lower), ci.upper = number(s$ci.upper))
    job$want <- c(job$want, "standardized")
  }
  expected <- amend(fit, expected)
  if (length(options)) job$options <- lapply(options, function(v) if (is.list(v)) lapply(v, u) else if (length(v) == 1) u(v) else v)
  models[[length(models) + 1]] <<- list(id = u(id), job = job, expected = expected)
  invisible(fit)
}

family <- function(name, code) {
  wanted <- commandArgs(trailingOnly = TRUE)
  if (length(wanted) && !(name %in% wanted)) return(invisible())
  models <<- list()
  code()
  write(toJSON(list(family = u(name), lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models), digits = I(15), na = "null"), paste0(expectedFolder, "/", name, ".json"))
  message(name, ": ", length(models))
}

hs <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
political <- "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + y2 + y3 + y4\ndem65 =~ y5 + y6 + y7 + y8\ndem60 ~ ind60\ndem65 ~ ind60 + dem60\ny1 ~~ y5\ny2 ~~ y4 + y6\ny3 ~~ y7\ny4 ~~ y8\ny6 ~~ y8"
equalLoadings <- "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + a*y2 + b*y3 + c*y4\ndem65 =~ y5 + a*y6 + b*y7 + c*y8\ndem60 ~ ind60\ndem65 ~ ind60 + dem60\ny1 ~~ y5\ny2 ~~ y4 + y6\ny3 ~~ y7\ny4 ~~ y8\ny6 ~~ y8"
line <- "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4"
