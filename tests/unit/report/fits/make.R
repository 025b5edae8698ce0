# Fits of well-known and of awkward model shapes by lavaan, written as JSON for the tests of
# tables and drawings: Rscript make.R (lavaan 0.6-14, jsonlite). The numbers are lavaan's.
suppressMessages({ library(lavaan); library(jsonlite) })
write_fit <- function(name, fit, syntax) {
  p <- parameterEstimates(fit, standardized = TRUE, remove.nonfree = FALSE)
  t <- parTable(fit)
  key <- function(d) paste(d$lhs, d$op, d$rhs, if (is.null(d$group)) 1 else d$group)
  rows <- t[!(t$op %in% c("==", "<", ">")), ]
  at <- match(key(rows), key(p))
  rows$est <- p$est[at]; rows$se <- p$se[at]; rows$z <- p$z[at]; rows$p <- p$pvalue[at]
  rows$low <- p$ci.lower[at]; rows$high <- p$ci.upper[at]; rows$lv <- p$std.lv[at]; rows$all <- p$std.all[at]
  r2 <- lavInspect(fit, "rsquare")
  if (!is.list(r2)) r2 <- list(r2)
  measures <- fitMeasures(fit)
  out <- list(syntax = syntax, groups = lavInspect(fit, "group.label"), observed = lavNames(fit, "ov"), latent = lavNames(fit, "lv"),
    exogenous = lavNames(fit, "ov.x"), n = sum(lavInspect(fit, "nobs")), measures = as.list(measures),
    rsquare = lapply(r2, as.list), rows = rows[, c("lhs", "op", "rhs", "group", "free", "label", "exo", "user", "est", "se", "z", "p", "low", "high", "lv", "all")])
  writeLines(toJSON(out, digits = 10, auto_unbox = TRUE, na = "null", null = "null", dataframe = "rows"), paste0(name, ".json"))
}
run <- function(name, syntax, data, ...) write_fit(name, sem(syntax, data = data, ...), syntax)

run("holzinger", "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9", HolzingerSwineford1939)
run("politicalDemocracy", "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + y2 + y3 + y4\ndem65 =~ y5 + y6 + y7 + y8\ndem60 ~ ind60\ndem65 ~ ind60 + dem60\ny1 ~~ y5\ny2 ~~ y4 + y6\ny3 ~~ y7\ny4 ~~ y8\ny6 ~~ y8", PoliticalDemocracy)
run("secondOrder", "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9\ng =~ visual + textual + speed", HolzingerSwineford1939)
run("twoGroups", "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9", HolzingerSwineford1939, group = "school", group.equal = "loadings")
hs <- HolzingerSwineford1939; hs$female <- hs$sex - 1
run("mimic", "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9\nvisual + textual + speed ~ female + ageyr + grade\nx9 ~ female", hs)
run("crossLoading", "visual =~ x1 + x2 + x3 + x9\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9\nx7 ~~ x8\nx1 ~~ x4", HolzingerSwineford1939)

set.seed(20)
n <- 500
# feedback: two outcomes that act on one another, each with an instrument
e <- matrix(rnorm(2 * n), n); z1 <- rnorm(n); z2 <- 0.3 * z1 + rnorm(n)
b <- matrix(c(1, -0.4, -0.3, 1), 2); yy <- t(solve(t(b), t(cbind(0.6 * z1, 0.5 * z2) + e)))
feedback <- data.frame(z1, z2, prestige = yy[, 1], income = yy[, 2])
run("feedback", "prestige ~ z1 + income\nincome ~ z2 + prestige\nprestige ~~ income", feedback)
# observed path model: three mediators in parallel, one moderated path
m <- sapply(1:3, function(i) 0.4 * z1 + 0.1 * i * z2 + rnorm(n)); outcome <- m %*% c(0.4, 0.02, 0.3) + 0.2 * z1 + rnorm(n)
run("mediators", "trust ~ a1*ads\nvalue ~ a2*ads\nhabit ~ a3*ads\nbuy ~ b1*trust + b2*value + b3*habit + c*ads + age\ntrust ~~ value\nind := a1*b1 + a2*b2 + a3*b3",
  data.frame(ads = z1, age = z2, trust = m[, 1], value = m[, 2], habit = m[, 3], buy = outcome))
# growth curve: two latents share all indicators
i <- rnorm(n, 5, 1); s <- rnorm(n, 1, 0.5); gr <- data.frame(sapply(0:3, function(t) i + s * t + rnorm(n, 0, 0.7))); names(gr) <- paste0("t", 1:4)
syntax <- "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4"
write_fit("growth", growth(syntax, data = gr), syntax)
# bifactor
run("bifactor", "g =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9\nvisual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9", HolzingerSwineford1939, orthogonal = TRUE, std.lv = TRUE)

# the continuance model: 33 items, 11 first-order factors, 2 second-order
first <- c("USE", "TIM", "PRO", "EOU", "INT", "BRO", "SEC", "NORM", "CONF", "SAT", "CONT")
n <- 455
x <- matrix(rnorm(4 * n), n) %*% chol(0.65 * diag(4) + 0.35)
conf <- 0.30 * x[, 1] + 0.28 * x[, 2] + 0.18 * x[, 3] + rnorm(n, 0, 0.75); sat <- 0.65 * conf + rnorm(n, 0, 0.75)
cont <- 0.38 * sat + 0.22 * x[, 1] + 0.2 * x[, 4] + rnorm(n, 0, 0.7)
eta <- cbind(sapply(1:3, function(k) 0.8 * x[, 1] + rnorm(n, 0, 0.6)), sapply(1:3, function(k) 0.8 * x[, 2] + rnorm(n, 0, 0.6)), x[, 3], x[, 4], conf, sat, cont)
items <- do.call(cbind, lapply(seq_along(first), function(k) sapply(1:3, function(j) 0.78 * eta[, k] + rnorm(n, 0, 0.62))))
items <- as.data.frame(items); names(items) <- as.vector(sapply(first, function(f) paste0(f, 1:3)))
measurement <- paste(sapply(first, function(f) paste0(f, " =~ ", paste0(f, 1:3, collapse = " + "))), collapse = "\n")
run("continuance", paste0(measurement, "\nINFO =~ USE + TIM + PRO\nPLAT =~ EOU + INT + BRO\nCONF ~ a1*INFO + a2*PLAT + a3*SEC\nSAT ~ b*CONF\nCONT ~ c*SAT + d1*INFO + d2*NORM\nind := a1*b*c"), items)
write_fit("elevenFactors", cfa(measurement, data = items), measurement)
writeLines(c(R.version.string, paste("lavaan", packageVersion("lavaan"))), "versions.txt")
