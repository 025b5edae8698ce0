# Every expected number of this folder: the data, then one script per area, each in a session of its own.
# Usage: LC_ALL=C.UTF-8 Rscript make.R
for (script in c("data.R", "describe.R", "reliability.R", "correlate.R", "groups.R", "factor.R", "validity.R", "ranks.R", "models.R")) {
  status <- system2(file.path(R.home("bin"), "Rscript"), script)
  if (status != 0) stop(script, " failed")
}
