# Parameter tables of lavaan: how sem(), cfa(), growth() and lavaan() complete a model.
# Run: LC_ALL=C.UTF-8 Rscript parameterTables.R > parameterTables.json
suppressMessages({library(lavaan); library(jsonlite)})
set.seed(20260101)
base <- HolzingerSwineford1939[, c(paste0("x", 1:9), "ageyr", "agemo", "grade", "school")]
base$grade[is.na(base$grade)] <- 7
ordinal <- base
for (v in paste0("x", 1:9)) ordinal[[v]] <- as.integer(cut(base[[v]], 3, labels = FALSE))
ordinal$u2 <- as.integer(cut(base$ageyr, 2, labels = FALSE))
levelsOf <- list(x1 = 2, x2 = 2, x3 = 2, x4 = 2, x5 = 2, x6 = 2, u2 = 1)

cases <- list()
add <- function(syntax, fun = "sem", options = list(), data = "base") {
  arguments <- options
  ordered <- NULL
  call <- c(list(model = syntax, data = if (data == "base") base else ordinal, do.fit = FALSE), arguments)
  fit <- tryCatch(suppressWarnings(do.call(fun, call)), error = function(e) e)
  if (inherits(fit, "error")) return(invisible(FALSE))
  t <- as.data.frame(parTable(fit))
  ng <- lavInspect(fit, "ngroups")
  o <- lavInspect(fit, "options")
  th <- list()
  for (v in lavNames(fit, "ov.ord")) th[[v]] <- jsonlite::unbox(length(unique(na.omit(ordinal[[v]]))) - 1L)
  rows <- lapply(seq_len(nrow(t)), function(i) {
    constraint <- t$op[i] %in% c(":=", "==", "<", ">")
    list(lhs = unbox(t$lhs[i]), op = unbox(t$op[i]), rhs = unbox(t$rhs[i]), user = unbox(t$user[i]), group = unbox(if (constraint) 0L else if (is.numeric(t$group[i])) as.integer(t$group[i]) else as.integer(t$block[i])),
         free = unbox(t$free[i]), ustart = unbox(t$ustart[i]), exo = unbox(t$exo[i]), label = unbox(t$label[i]), plabel = unbox(t$plabel[i]))
  })
  cases[[length(cases) + 1]] <<- list(fun = unbox(fun), syntax = unbox(syntax), options = lapply(options, function(v) if (length(v) == 1) unbox(v) else v),
    ordinal = if (length(th)) th else setNames(list(), character(0)), groups = as.character(if (ng > 1) lavInspect(fit, "group.label") else ""), meanstructure = unbox(o$meanstructure), fixedX = unbox(o$fixed.x), rows = rows)
  invisible(TRUE)
}
hs <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
two <- "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6"
add(hs, "cfa"); add(hs, "sem"); add(hs, "growth"); add(hs, "lavaan"); add(hs, "lavaan", list(auto.var = TRUE, auto.cov.lv.x = TRUE, auto.fix.first = TRUE))
for (o in list(list(std.lv = TRUE), list(orthogonal = TRUE), list(meanstructure = TRUE), list(effect.coding = TRUE), list(effect.coding = "loadings"), list(missing = "ml"), list(estimator = "MLR"), list(std.ov = TRUE), list(likelihood = "wishart"), list(mimic = "Mplus"))) add(hs, "cfa", o)
add("f =~ x1\ng =~ x2 + x3\ng ~ f"); add("f =~ x1\nx1 ~~ 0.5*x1\ng =~ x2 + x3\ng ~ f"); add("f =~ x1 + x2 + x3\ng =~ f\n", "sem")
add("f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\nh =~ x7 + x8 + x9\ns =~ f + g + h", "cfa"); add("f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\nh =~ x7 + x8 + x9\ns =~ f + g + h", "cfa", list(std.lv = TRUE))
add("b =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9\nf =~ x1 + x2 + x3\ng =~ x4 + x5 + x6", "cfa", list(orthogonal = TRUE))
add("f =~ x1 + x2 + x3\nf ~ ageyr + grade\nx1 ~ ageyr"); add("f =~ x1 + x2 + x3\nf ~ ageyr + grade", "sem", list(fixed.x = FALSE)); add("f =~ x1 + x2 + x3\nf ~ ageyr + grade", "sem", list(meanstructure = TRUE)); add("f =~ x1 + x2 + x3\nf ~ ageyr + grade", "sem", list(fixed.x = FALSE, meanstructure = TRUE)); add("f =~ x1 + x2 + x3\nf ~ ageyr + grade", "sem", list(conditional.x = TRUE))
for (e in c("GLS", "ULS", "WLS", "DWLS")) add("f =~ x1 + x2 + x3\nf ~ ageyr + grade", "sem", list(estimator = e))
add("x1 ~ x2 + x3\nx4 ~ x1 + x5\nx6 ~ x1"); add("x1 ~ a*x2 + b*x3\nx4 ~ c*x1\nind := a*c\ntotal := ind + b\na == b\nc > 0"); add("x1 ~ x2 + x3\nx3 ~~ x2"); add("x1 ~ x2 + x3\nx2 ~~ x2"); add("x1 ~ x2 + x3\nx2 ~ 1", "sem", list(meanstructure = TRUE)); add("x1 ~ 1 + x2\nx3 ~ 0"); add("x1 ~~ x2\nx2 ~~ x3"); add("x3 ~~ x1\nx2 ~~ x1 + x3"); add("x2 ~ x3\nx1 ~~ x2\nx4 ~~ x1\nx5 ~~ x4")
add("f =~ NA*x1 + x2 + x3\nf ~~ 1*f", "cfa"); add("f =~ 0.5*x1 + start(0.4)*x2 + 0.8?x3 + a*x4", "cfa"); add("f =~ x1 + a*x2 + a*x3\ng =~ x4 + b*x5 + b*x6\na == 2*b", "cfa"); add("f =~ x1 + a*x2 + 0.7*x2 + x3", "cfa"); add("f =~ x1 + x2 + x3\nf =~ x4\nx1 ~~ x2\nx2 ~~ x1", "cfa"); add("f =~ x1 + x2 + x3\nx1 ~~ x4\nf ~ 1", "cfa"); add("f =~ start(2)*x1 + x2 + x3\ng =~ b*x4 + x5 + x6", "cfa")
add("f + g =~ x1 + x2 + x3 + x4\n f ~~ 0*g", "cfa"); add("i =~ 1*x1 + 1*x2 + 1*x3 + 1*x4\ns =~ 0*x1 + 1*x2 + 2*x3 + 3*x4", "growth"); add("i =~ 1*x1 + 1*x2 + 1*x3 + 1*x4\ns =~ 0*x1 + 1*x2 + 2*x3 + 3*x4\ni ~ ageyr\ns ~ ageyr + grade\nx1 ~ agemo", "growth")
add("f =~ x1 + x2 + x3\nf ~ x4 + x4:x5\n", "sem"); add("f =~ x1 + x2 + x3\nf ~ u*ageyr\nx1 ~~ v*x1\nd := u/sqrt(v)\nv > 0.01\nu < 5"); add("f <~ x1 + x2 + x3\nx4 ~ f\nx5 ~ f"); add("f <~ 1*x1 + x2\nf =~ x3 + x4\nx5 ~ f")
for (ge in list("loadings", c("loadings", "intercepts"), c("loadings", "intercepts", "residuals"), c("loadings", "intercepts", "means"), c("loadings", "intercepts", "residuals", "lv.variances", "lv.covariances", "means"), "regressions", c("residuals", "residual.covariances"), "intercepts", "means")) for (sl in c(FALSE, TRUE)) add(paste0(two, "\ng ~ f\nx1 ~~ x4"), "sem", list(group = "school", group.equal = ge, std.lv = sl))
add(two, "cfa", list(group = "school")); add(two, "cfa", list(group = "school", effect.coding = TRUE)); add(two, "cfa", list(group = "school", effect.coding = TRUE, group.equal = c("loadings", "intercepts"))); add(two, "cfa", list(group = "school", group.equal = c("loadings", "intercepts"), group.partial = c("f=~x3", "x5~1"))); add(two, "cfa", list(group = "school", meanstructure = FALSE, group.equal = "loadings"))
add("f =~ x1 + c(a,b)*x2 + c(c,c)*x3 + d*x4", "cfa", list(group = "school")); add("f =~ x1 + c(1,NA)*x2 + c(0.5,0.6)*x3 + start(c(1,2))*x4\nx1 ~~ c(v,NA)*x1\nx1 ~ c(m,m)*1\nd := v*2", "cfa", list(group = "school")); add("f =~ x1 + c(a,b)*x2 + x3\ndiff := a - b\na == b", "cfa", list(group = "school", group.equal = "loadings")); add("f =~ c(NA,NA)*x1 + c(l1,l1)*x2 + x3\nf ~~ c(1,NA)*f", "cfa", list(group = "school")); add("f =~ x1 + x2 + x3\nf ~ ageyr", "sem", list(group = "school", group.equal = c("loadings", "intercepts", "regressions")))
add("group: Pasteur\nf =~ x1 + x2 + x3\ngroup: Grant-White\nf =~ x1 + x2 + x3 + x4", "cfa", list(group = "school")); add("group: 1\nf =~ x1 + a*x2 + x3\ngroup: 2\nf =~ x1 + a*x2 + x3 + x4\na > 0", "cfa", list(group = "school"))
add('efa("b")*f1 + efa("b")*f2 =~ x1 + x2 + x3 + x4 + x5 + x6', "cfa"); add('efa("b")*f1 + efa("b")*f2 =~ x1 + x2 + x3 + x4 + x5 + x6\ng =~ x7 + x8 + x9\ng ~ f1 + f2', "sem", list(rotation = "varimax")); add('efa("b")*f1 + efa("b")*f2 + efa("b")*f3 =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8', "cfa", list(rotation = "oblimin"))
o6 <- paste0("x", 1:6)
add(two, "cfa", list(ordered = o6), "ordinal"); add(two, "cfa", list(ordered = o6, parameterization = "theta"), "ordinal"); add(two, "cfa", list(ordered = o6, std.lv = TRUE), "ordinal"); add(two, "cfa", list(ordered = c("x1", "x2")), "ordinal"); add(paste0(two, "\ng ~ f + agemo"), "sem", list(ordered = o6), "ordinal"); add(paste0(two, "\ng ~ f + agemo"), "sem", list(ordered = o6, conditional.x = FALSE), "ordinal"); add("f =~ x1 + x2 + x3\nu2 ~ f + agemo", "sem", list(ordered = c("x1", "x2", "x3", "u2")), "ordinal"); add("f =~ x1 + x2 + x3\nx1 | 0.5*t1 + a*t2\nx2 ~*~ x2\nx3 ~~ x3", "cfa", list(ordered = o6), "ordinal")
for (ge in list("thresholds", c("loadings", "thresholds"), c("loadings", "thresholds", "intercepts"), c("loadings", "thresholds", "residuals"), c("loadings", "thresholds", "means"))) for (p in c("delta", "theta")) for (sl in c(FALSE, TRUE)) add(two, "cfa", list(ordered = o6, group = "school", group.equal = ge, parameterization = p, std.lv = sl), "ordinal")
add("f =~ x1 + x2 + agemo\nf ~ ageyr", "sem", list(ordered = c("x1", "x2"), group = "school", group.equal = c("loadings", "thresholds", "intercepts")), "ordinal")

for (o in list(list(auto.var = TRUE), list(auto.fix.first = TRUE), list(auto.var = TRUE, auto.cov.y = TRUE, auto.cov.lv.x = TRUE), list(int.ov.free = FALSE, meanstructure = TRUE, auto.var = TRUE), list(int.lv.free = TRUE, meanstructure = TRUE), list(std.lv = TRUE, auto.var = TRUE))) add(paste0(hs, '\nspeed ~ visual'), 'lavaan', o)

# Random models: any mixture of the operators over a few variables.
pick <- function(x, n) x[sample.int(length(x), min(n, length(x)))]
random <- function() {
  lines <- c()
  obs <- sample(paste0("x", 1:9)); latent <- c()
  nl <- sample(0:3, 1)
  for (l in seq_len(nl)) {
    k <- sample(c(1, 2, 3, 3), 1); terms <- pick(obs, k)
    mods <- sample(c("", "", "", "NA*", "a*", "0.7*", "start(0.5)*", "b*"), k, replace = TRUE)
    lines <- c(lines, paste0("f", l, " =~ ", paste0(mods, terms, collapse = " + "))); latent <- c(latent, paste0("f", l))
  }
  if (nl >= 2 && runif(1) < 0.3) { lines <- c(lines, paste0("s =~ ", paste(latent, collapse = " + "))); latent <- c(latent, "s") }
  pool <- c(latent, obs, "ageyr", "agemo", "grade")
  for (r in seq_len(sample(0:4, 1))) { y <- pick(pool, 1); x <- setdiff(pick(pool, sample(1:3, 1)), y); if (length(x)) lines <- c(lines, paste0(y, " ~ ", paste(x, collapse = " + "))) }
  for (r in seq_len(sample(0:3, 1))) { v <- pick(pool, 2); lines <- c(lines, paste0(v[1], " ~~ ", sample(c("", "", "0*", "c1*"), 1), v[2])) }
  if (runif(1) < 0.3) { v <- pick(pool, 1); lines <- c(lines, paste0(v, " ~~ ", v)) }
  if (runif(1) < 0.3) lines <- c(lines, paste0(pick(pool, 1), " ~ 1"))
  if (length(lines) == 0) return(NULL)
  paste(sample(lines), collapse = "\n")
}
n <- as.integer(Sys.getenv("RANDOM_MODELS", "60")); made <- 0
while (made < n) {
  m <- random(); if (is.null(m)) next
  o <- list(); if (runif(1) < 0.3) o$meanstructure <- TRUE; if (runif(1) < 0.2) o$fixed.x <- FALSE; if (runif(1) < 0.2) o$std.lv <- TRUE; if (runif(1) < 0.15) o$orthogonal <- TRUE
  if (runif(1) < 0.2) { o$group <- "school"; if (runif(1) < 0.6) o$group.equal <- pick(c("loadings", "intercepts", "means", "regressions", "residuals", "residual.covariances", "lv.variances", "lv.covariances"), 3) }
  if (isTRUE(add(m, sample(c("sem", "cfa", "sem", "growth"), 1), o))) made <- made + 1
}
cat(toJSON(list(lavaan = unbox(as.character(packageVersion("lavaan"))), R = unbox(R.version.string), seed = unbox(20260101), cases = cases), na = "null", digits = 15))
