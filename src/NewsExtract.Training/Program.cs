using NewsExtract.Training;

return Commands.Run(args, Console.Out, Console.Error);
