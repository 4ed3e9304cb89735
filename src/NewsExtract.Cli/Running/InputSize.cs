using NewsExtract.Reading;

namespace NewsExtract.Cli.Running;

/// <summary>How many bytes inputs have, for the percentage.</summary>
internal static class InputSize
{
    /// <summary>The sum; -1 where it can't be known.</summary>
    public static long Of(string[] inputs)
    {
        long sum = 0;
        try
        {
            foreach (string input in inputs)
            {
                if (input == "-") return -1;
                if (!Directory.Exists(input)) sum += new FileInfo(input).Length;
                else sum += new DirectoryInfo(input).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 40, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })
                        .Where(file => InputReader.IsRead(file.Name)).Sum(file => file.Length);
            }
        }
        catch (IOException)
        {
            return -1;
        }
        return sum;
    }
}
