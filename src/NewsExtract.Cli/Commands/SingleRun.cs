using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Cli.Commands;

/// <summary>Articles one after the other on one thread, for the commands that show what happens.</summary>
internal static class SingleRun
{
    /// <summary>Calls <paramref name="show"/> for each article that can be read; returns the exit status.</summary>
    public static int ForEach(string[] inputs, ReadingOptions options, Action<Article> show)
    {
        int status = ExitStatus.Done;
        var reader = new ArticleReader(options);
        var scratch = new ReadingScratch();
        new InputReader(inputs, options, inputs.Contains("-") ? Console.OpenStandardInput() : null).Read(raw =>
        {
            Article article = reader.Read(raw, scratch);
            bool isFailed = false;
            foreach (Diagnostic diagnostic in article.Diagnostics)
            {
                Console.Error.WriteLine($"{article.Source}: {diagnostic.Code} {diagnostic.Message}");
                isFailed |= diagnostic.IsFailure;
            }
            if (isFailed) status = ExitStatus.SomeFailed;
            else if (raw.Fault is null) show(article);
            return true;
        });
        return status;
    }
}
