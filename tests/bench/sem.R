# lavaan's side of sem.bench.mjs: writes the data and models to the folder given, times each task there.
# Run by sem.bench.mjs; output is one JSON object on standard output.
arguments <- commandArgs(TRUE)
folder <- arguments[1]
here <- arguments[2]
source(file.path(here, "semModels.R"))
put <- function(name, data, model) { write.csv(data, file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = ""); writeLines(model, file.path(folder, paste0(name, ".lav"))) }
put("holzinger", HolzingerSwineford1939[paste0("x", 1:9)], holzinger)
put("political", PoliticalDemocracy, political)
put("continuance", continuanceData, continuance)
put("continuanceMissing", continuanceMissing, continuance)
put("continuanceOrdinal", continuanceOrdinal, continuance)
put("sixty", sixtyData, sixty)
everything <- function(model, data, ...) { fit <- sem(model, data, ...); suppressWarnings(fitMeasures(fit)); parameterEstimates(fit, standardized = TRUE); fit }
median_ms <- function(times, code) { all <- numeric(times); for (i in seq_len(times)) all[i] <- system.time(code())[["elapsed"]]; 1000 * median(all) }
invisible(everything(holzinger, HolzingerSwineford1939))
fit <- everything(continuance, continuanceData)
draws <- 20
out <- list(
  "Holzinger CFA" = median_ms(9, function() everything(holzinger, HolzingerSwineford1939)),
  "Political democracy" = median_ms(9, function() everything(political, PoliticalDemocracy)),
  "continuance, ML" = median_ms(5, function() everything(continuance, continuanceData)),
  "continuance, MLR" = median_ms(3, function() everything(continuance, continuanceData, estimator = "MLR")),
  "60 items, 12 factors" = median_ms(3, function() everything(sixty, sixtyData)),
  "continuance, missing answers (ml)" = median_ms(1, function() sem(continuance, continuanceMissing, missing = "ml")),
  "continuance, five categories, WLSMV" = median_ms(3, function() everything(continuance, continuanceOrdinal, ordered = TRUE)),
  "modification indices" = median_ms(3, function() modindices(fit)),
  "standardized solution" = median_ms(3, function() standardizedSolution(fit)),
  "bootstrap, per draw" = median_ms(1, function() bootstrapLavaan(fit, R = draws)) / draws,
  "bootstrap, per draw, two workers" = median_ms(1, function() bootstrapLavaan(fit, R = 10 * draws, parallel = "multicore", ncpus = 2)) / (10 * draws)
)
cat(paste0("{", paste(sprintf('"%s":%.4f', names(out), unlist(out)), collapse = ","), ',"version":"', as.character(packageVersion("lavaan")), '"}'))
