using NewsExtract.Cli;

return CommandLine.Run(args);
