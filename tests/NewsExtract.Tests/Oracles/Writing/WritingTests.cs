using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.Data.Sqlite;
using NewsExtract.Cli.Running;
using NewsExtract.Tests.Oracles.Reading;
using NewsExtract.Text;
using NewsExtract.Writing;

namespace NewsExtract.Tests.Oracles.Writing;

public class WritingTests
{
    private static readonly ArticleRecord Record = new()
    {
        Source = "a.zip#甲\t\"乙\".txt",
        Id = "=1+1",
        Title = "县委书记考察\n“引号” <b> & 𠀀 'x' + \\uD840\\uDC00 😀",
        Published = "2021-04-08",
        Ordinal = 12,
        Repairs = new SortedDictionary<string, int> { ["gloss"] = 3, ["width"] = 1 },
        Credits = [new Credit("万里", "reporter")],
        Mentions = [new MentionRecord("person", "李 想", 3, 6, "李想", "model", 0.75)],
        Dates = [new DateRecord("日前", null, null, "unknown")],
        Participants = [new Participant("李想", ["县委书记", "县长"], "某县", "visitor", 0, 0.912, [[3, 6], [10, 12]])],
        Visits = [new Visit("李想", new PlaceRecord("某县", null, "CN"), [new PlaceRecord("广东省东莞市虎门镇", "441900121", "CN")], ["茶园", "学校"], "2021-04-08", "2021-04-11", ["考察学习"], 0.5, [])],
        Meetings = [new Meeting("座谈会", null, null, null, null, 1, [[0, 1]])],
        Agreements = [new Agreement("协议", ["甲", "乙"], [], null, null, new Amount(4680000000.5m, "CNY"), "signed", 0, 0.3, [])],
        Diagnostics = [new DiagnosticRecord("NX1002", "1 places", 3, 4)],
    };

    [Fact]
    public void ALineIsTheContractsForm()
    {
        string line = Line(Record);
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.Contains("县委书记考察\\n“引号” <b> & 𠀀 'x' + \\\\uD840\\\\uDC00 😀", line, StringComparison.Ordinal);
        Assert.Contains("\"evidence\":[[3,6],[10,12]]", line, StringComparison.Ordinal);
        Assert.Contains("\"amount\":{\"value\":4680000000.5,\"currency\":\"CNY\"}", line, StringComparison.Ordinal);
        Assert.Contains("\"visit\":null", line, StringComparison.Ordinal);
        Assert.Contains("\"outlet\":null", line, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(line);
        string[] fields = [.. json.RootElement.EnumerateObject().Select(property => property.Name)];
        Assert.Equal(["schemaVersion", "source", "id", "title", "outlet", "url", "published", "script", "repairs", "credits", "mentions", "dates", "participants", "visits", "meetings", "agreements"],
            fields.Except(["ordinal", "diagnostics"]));
        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
    }

    [Fact]
    public void ALineReadAgainIsWrittenTheSame() => Assert.Equal(Line(Record), Line(RecordJson.Read(Encoding.UTF8.GetBytes(Line(Record)))));

    [Fact]
    public void ALineIsWhatTheSerializerWrites()
    {
        // The serializer escapes what lies outside the basic plane, which a line has as it is.
        string expected = JsonSerializer.Serialize(Record, RecordJson.Context.ArticleRecord);
        Assert.Equal(expected.Replace(@"\uD840\uDC00", "𠀀", StringComparison.Ordinal).Replace(@"\uD83D\uDE00", "😀", StringComparison.Ordinal) + "\n", Line(Record));
        foreach (string text in (string[])["", "a/b<c>&'\u0000\u001F\u007F\u00A0\u2028\u0378\uE000\uFFFD", "\uD800", "汉字\b\f\r\t\\"])
        {
            var record = new ArticleRecord { Source = text, Id = text, Mentions = [new MentionRecord(text, text, -1, int.MaxValue, null, "rule", 0.1)] };
            Assert.Equal(JsonSerializer.Serialize(record, RecordJson.Context.ArticleRecord) + "\n", Line(record));
        }
        foreach (double number in (double[])[0, 1, 0.5, 0.001, 0.999, 0.12, 0.1234, 1 / 3.0, 1.5, -0.25, 1e-9])
            Assert.Contains("\"score\":" + JsonSerializer.Serialize(number) + "}", Line(new ArticleRecord { Source = "x", Id = "y", Mentions = [new MentionRecord("a", "b", 0, 1, null, "rule", number)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void OrdinalsAreLeftOutWhereThereIsNoRun() => Assert.DoesNotContain("ordinal", Line(new ArticleRecord { Source = "x", Id = "y" }), StringComparison.Ordinal);

    [Fact]
    public void TablesHoldWhatTheRecordHolds()
    {
        using var folder = new Inputs.Folder();
        using (var tables = new CsvTables(folder.Path))
        {
            tables.Write(Record);
            tables.Checkpoint();
        }
        Assert.Equal(RecordTables.All.Select(table => table.Name + ".csv").Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (RecordTable table in RecordTables.All)
        {
            using var csv = new CsvReader(new StreamReader(Path.Combine(folder.Path, table.Name + ".csv")), CultureInfo.InvariantCulture);
            csv.Read();
            csv.ReadHeader();
            Assert.Equal(table.Columns, csv.HeaderRecord);
            foreach (object?[] row in table.Rows(Record))
            {
                Assert.True(csv.Read());
                Assert.Equal(table.Columns.Count, row.Length);
                for (int c = 0; c < row.Length; c++) Assert.Equal(Cell(row[c]), csv.GetField(c));
            }
            Assert.False(csv.Read());
        }
    }

    [Fact]
    public void TheDatabaseHoldsTheSameTables()
    {
        using var folder = new Inputs.Folder();
        string path = Path.Combine(folder.Path, "it's.db");
        using (var sink = new SqliteSink(path, null))
        {
            sink.Write(Record, default);
            sink.Checkpoint();
            sink.Complete();
        }
        Assert.Equal(path, Assert.Single(Directory.GetFiles(folder.Path)));
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (RecordTable table in RecordTables.All)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table.Name}";
            using SqliteDataReader reader = command.ExecuteReader();
            foreach (object?[] row in table.Rows(Record))
            {
                Assert.True(reader.Read());
                for (int c = 0; c < row.Length; c++) Assert.Equal(Cell(row[c]), Cell(reader.IsDBNull(c) ? null : reader.GetValue(c)));
            }
            Assert.False(reader.Read());
        }
    }

    private static string Cell(object? value) => value is IEnumerable<string> list ? string.Join(CsvTables.ListSeparator, list) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Line(ArticleRecord record)
    {
        return Encoding.UTF8.GetString(RecordJson.Line(record, new ArrayBufferWriter<byte>()));
    }
}
