# Bounds that lavaan sets from the data, and the solutions it finds within them.
# Run: npm run golden semBounds   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
number <- function(v) { v <- as.numeric(v); ifelse(is.finite(v), v, NA) }
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
cases <- list()
bounds <- function(id, syntax, data, fun = "sem", ...) {
  for (b in c("standard", "wide", "pos.var", "pos.ov.var", "pos.lv.var")) {
    options <- list(bounds = b, ...)
    fit <- suppressWarnings(do.call(fun, c(list(syntax, read(data), do.fit = FALSE), options)))
    p <- parTable(fit); p <- p[p$free > 0, ]
    cases[[length(cases) + 1]] <<- list(id = paste(id, b), syntax = syntax, data = data, fun = fun, options = options, rows = data.frame(lhs = p$lhs, op = p$op, rhs = p$rhs, group = p$group, lower = number(p$lower), upper = number(p$upper)))
  }
}
bounds("structural", paste0(three, "\nspeed ~ visual\nx1 ~~ x4"), "hs")
bounds("standardized latents", three, "hs", std.lv = TRUE)
bounds("second order", paste0(three, "\ng =~ visual + textual + speed"), "hs")
bounds("path", "x1 ~ x2 + x3\nx4 ~ x1 + x2\nx7 ~ x1 + x4", "hs")
bounds("covariate", "visual =~ x1 + x2 + x3\nvisual ~ ageyr\nx4 ~ visual", "hs")
bounds("crossloading", "visual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9 + x1", "hs", orthogonal = TRUE, meanstructure = TRUE)
bounds("no marker", "visual =~ NA*x1 + x2 + x3\nvisual ~~ 1*visual\nx1 ~~ x2", "hs")
bounds("marker of 2", "visual =~ 2*x1 + x2 + x3\nt =~ x4 + x5 + x6\nvisual ~ t\nx2 ~~ x5", "hs")
bounds("two markers", "f =~ x1 + 1*x2 + x3", "hs")
bounds("own bounds", "visual =~ x1 + lower(0.5)*x2 + x3\nx3 ~~ lower(0.1)*x3\nvisual ~~ upper(2)*visual", "hs")
bounds("growth", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + t3 + t4", "growth", "growth")
bounds("groups", three, "hs", "cfa", group = "school")
bounds("single indicator", "v =~ x1\nt =~ x4 + x5 + x6\nt ~ v", "hs")
bounds("random x", "f =~ x1 + x2 + x3\nx5 ~~ x6\nx5 ~ x8", "hs", fixed.x = FALSE)
bounds("ordinal", "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8", "ordinal", "cfa", ordered = paste0("u", 1:8))
bounds("ordinal and continuous", "f =~ u1 + u2 + y1\ng =~ y2 + y3 + u5\nf ~ x1", "ordinal", ordered = c("u1", "u2", "u5"))
bounds("least squares", three, "hs", "cfa", estimator = "GLS")
# A Heywood case within bounds: lavaan's own solution, and its standard errors when the variance is fixed where it ended.
heywood <- "visual =~ x1 + x2 + x3 + x9\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9\nx7 ~~ x8"
solution <- function(syntax, ...) {
  fit <- suppressWarnings(cfa(syntax, read("hs"), ...))
  pe <- parameterEstimates(fit)
  list(chisq = fitMeasures(fit, "chisq")[[1]], lhs = pe$lhs, op = pe$op, rhs = pe$rhs, est = number(pe$est), se = number(pe$se))
}
fitted <- lapply(c("standard", "pos.var"), function(b) { own <- solution(heywood, bounds = b); fixed <- solution(paste0(heywood, "\nx8 ~~ 0*x8")); at <- match(paste(own$lhs, own$op, own$rhs), paste(fixed$lhs, fixed$op, fixed$rhs)); own$se <- fixed$se[at]; c(list(bounds = b, syntax = heywood), own) })
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), cases = cases, fitted = fitted), auto_unbox = TRUE, digits = I(12), na = "null"), "expected.json")
