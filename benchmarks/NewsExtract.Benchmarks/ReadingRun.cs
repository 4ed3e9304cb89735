using System.Globalization;
using NewsExtract.Reading;
using NewsExtract.Repair;
using NewsExtract.Text;

namespace NewsExtract.Benchmarks;

/// <summary>What it takes to get from bytes to repaired text.</summary>
/// <param name="Input">The kind of bytes.</param>
/// <param name="Files">How many files.</param>
/// <param name="KilobytesEach">Their mean size.</param>
/// <param name="Read">Megabytes a second of one thread's processor time for decoding and, of a page, the main text.</param>
/// <param name="ReadAndRepair">The same with repair.</param>
/// <param name="KilobytesAllocated">Allocated a file by both.</param>
internal sealed record ReadingFigures(string Input, int Files, double KilobytesEach, double Read, double ReadAndRepair, double KilobytesAllocated)
{
    /// <summary>Goes over the files for half the time unmeasured, then measures.</summary>
    public static ReadingFigures Measure(string input, List<RawArticle> files, Repairer repairer, double seconds)
    {
        var reader = new ArticleReader(new ReadingOptions());
        var scratch = new ReadingScratch();
        RepairScratch buffers = repairer.CreateScratch();
        double bytes = files.Sum(file => (double)file.Content.Length);
        long reading = 0, repairing = 0, allocated = 0;
        int rounds = 0;
        for (long start = ThreadClock.Nanoseconds(), measured = 0; ;)
        {
            foreach (RawArticle file in files)
            {
                long before = GC.GetAllocatedBytesForCurrentThread(), first = ThreadClock.Nanoseconds();
                Article article = reader.Read(file, scratch);
                long second = ThreadClock.Nanoseconds();
                _ = repairer.Repair(article.Body, buffers);
                repairing += ThreadClock.Nanoseconds() - second;
                reading += second - first;
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }
            rounds++;
            long now = ThreadClock.Nanoseconds();
            if (measured == 0 && now - start > seconds * 0.5e9)
            {
                (measured, reading, repairing, allocated, rounds) = (now, 0, 0, 0, 0);
                continue;
            }
            if (measured > 0 && now - measured > seconds * 1e9) break;
        }
        return new ReadingFigures(input, files.Count, bytes / 1000 / files.Count, bytes * rounds / reading * 1000, bytes * rounds / (reading + repairing) * 1000, allocated / 1000.0 / rounds / files.Count);
    }

    public static void WriteHead(TextWriter output)
    {
        output.WriteLine("| MB/s | files | KB each | read | read and repair | KB allocated each |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
    }

    public void WriteRow(TextWriter output) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Input} | {Files} | {KilobytesEach:0.0} | {Read:0.0} | {ReadAndRepair:0.0} | {KilobytesAllocated:0.0} |"));
}
