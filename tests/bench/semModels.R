# Models and data of the SEM benchmark; used by sem.R, written for sem.mjs by semData.R.
suppressMessages(library(lavaan))
holzinger <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
political <- "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + a*y2 + b*y3 + c*y4\ndem65 =~ y5 + a*y6 + b*y7 + c*y8\ndem60 ~ ind60\ndem65 ~ ind60 + dem60\ny1 ~~ y5\ny2 ~~ y4 + y6\ny3 ~~ y7\ny4 ~~ y8\ny6 ~~ y8"
# 38 items, 11 latent variables, 15 defined effects: the shape of the continuance study
sizes <- c(4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3)
latents <- paste0("f", 1:11)
items <- lapply(1:11, function(k) paste0("i", k, "_", seq_len(sizes[k])))
measurement <- paste(mapply(function(f, i) paste(f, "=~", paste(i, collapse = " + ")), latents, items), collapse = "\n")
structural <- "f8 ~ a1*f1 + a2*f2 + a3*f3 + a4*f4
f9 ~ b1*f8 + b5*f5
f10 ~ c1*f9 + c6*f6 + c8*f8
f11 ~ d1*f10 + d7*f7 + d9*f9"
defined <- "i1 := a1*b1\ni2 := a2*b1\ni3 := a3*b1\ni4 := a4*b1\ni5 := a1*b1*c1\ni6 := a2*b1*c1\ni7 := b1*c1\ni8 := b1*d9\ni9 := c1*d1\ni10 := b1*c1*d1\ni11 := b1*(d9 + c1*d1)\ni12 := c8*d1\ni13 := c8 + b1*c1\ni14 := c6*d1\ni15 := d9 + c1*d1"
continuance <- paste(measurement, structural, defined, sep = "\n")
truth <- paste(
  paste(mapply(function(f, i) paste(f, "=~", paste0(c(1, rep(c(0.9, 1.1, 0.8), length.out = length(i) - 1)), "*", i, collapse = " + ")), latents, items), collapse = "\n"),
  "f8 ~ 0.3*f1 + 0.2*f2 + 0.25*f3 + 0.1*f4\nf9 ~ 0.5*f8 + 0.2*f5\nf10 ~ 0.4*f9 + 0.2*f6 + 0.2*f8\nf11 ~ 0.4*f10 + 0.2*f7 + 0.2*f9",
  paste(combn(latents[1:7], 2, function(v) paste0(v[1], " ~~ 0.35*", v[2])), collapse = "\n"),
  paste0(unlist(items), " ~~ 0.6*", unlist(items), collapse = "\n"), sep = "\n")
set.seed(455)
continuanceData <- round(simulateData(truth, sample.nobs = 455, model.type = "sem") * 1.2 + 4)
continuanceData[] <- lapply(continuanceData, function(v) pmin(7, pmax(1, v)))
continuanceMissing <- continuanceData
set.seed(5); continuanceMissing[matrix(runif(455 * 38) < 0.03, 455)] <- NA
# the same answers as five ordered categories
continuanceOrdinal <- continuanceData
continuanceOrdinal[] <- lapply(continuanceOrdinal, function(v) as.integer(cut(v, c(-Inf, 2, 3, 4, 5, Inf))))
# 60 items, 12 correlated factors
sixtyItems <- lapply(1:12, function(k) paste0("q", k, "_", 1:5))
sixty <- paste(mapply(function(f, i) paste(f, "=~", paste(i, collapse = " + ")), paste0("g", 1:12), sixtyItems), collapse = "\n")
set.seed(60)
eta <- matrix(rnorm(800 * 12), 800) + 0.6 * rnorm(800)
sixtyData <- as.data.frame(do.call(cbind, lapply(1:12, function(k) sapply(1:5, function(j) (1 - 0.08 * j) * eta[, k] + 0.8 * rnorm(800)))))
names(sixtyData) <- unlist(sixtyItems)
