# Every .sav, .zsav and .dta file of the R packages and of PSPP on this machine, read by haven; compare.mjs then reads
# them with us. They are under other licences, so they are not kept here.
# Run: LC_ALL=C.UTF-8 Rscript compare.R OUT.json && node compare.mjs OUT.json
source("../haven.R")
files <- unlist(lapply(c(.libPaths(), R.home("library"), "/usr/share/pspp"), list.files, pattern = "\\.(sav|zsav|dta)$", recursive = TRUE, full.names = TRUE))
save_answers(lapply(unique(normalizePath(files)), function(file) answer(file, path = file)), commandArgs(TRUE)[1])
