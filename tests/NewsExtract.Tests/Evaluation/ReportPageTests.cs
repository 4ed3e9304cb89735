using Microsoft.Playwright;
using NewsExtract.Evaluation;
using NewsExtract.Evaluation.Report;

namespace NewsExtract.Tests.Evaluation;

/// <summary>The report of the sample, written to a file, and a browser to open it with; nothing where there is none.</summary>
public sealed class ReportBrowser : IAsyncLifetime
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"newsextract-report-{Guid.NewGuid():N}.html");
    private IPlaywright? _playwright;

    public string Url => new Uri(_path).AbsoluteUri;

    public IBrowser? Browser { get; private set; }

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Executable is not { } chromium) return;
        using (var output = new StreamWriter(_path))
            HtmlReport.Write(output, "sample " + SampleEvaluation.Attack, SampleEvaluation.Articles, SampleEvaluation.Result, new Comparison(SampleEvaluation.Result, SampleEvaluation.Result));
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Headless = true,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        File.Delete(_path);
    }
}

/// <summary>The report in a real browser.</summary>
public sealed class ReportPageTests(ReportBrowser report) : IClassFixture<ReportBrowser>, IAsyncLifetime
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];
    private IPage _page = null!;

    public async Task InitializeAsync()
    {
        if (report.Browser is null) return;
        _page = await report.Browser.NewPageAsync();
        _page.Console += (_, message) => _complaints.Add($"{message.Type}: {message.Text}");
        _page.PageError += (_, error) => _complaints.Add(error);
        _page.Request += (_, request) => _requests.Add(request.Url);
        await _page.GotoAsync(report.Url);
    }

    public async Task DisposeAsync()
    {
        if (report.Browser is not null) await _page.CloseAsync();
    }

    [ChromiumFact]
    public async Task Loads_by_itself_and_without_a_complaint()
    {
        Assert.Empty(_complaints);
        Assert.Equal([report.Url], _requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Equal(FieldTable.All.Count(f => !SampleEvaluation.Result.Fields[(int)f.Field].Counts.IsEmpty) + 2, await _page.Locator("#fields svg.bar").CountAsync());
        Assert.Equal(1, await _page.Locator("#calibration svg.curve").CountAsync());
        Assert.Equal(3, await _page.Locator("#confusion table.matrix").CountAsync());
        Assert.Equal(SampleEvaluation.Result.Errors.Count(), await _page.Locator(".error").CountAsync());
        Assert.True(await Shown() > 5);
    }

    [ChromiumFact]
    public async Task Markup_in_articles_stays_text()
    {
        Assert.Null(await _page.EvaluateAsync<bool?>("window.attacked ?? null"));
        Assert.Equal(1, await _page.Locator("script").CountAsync());
        Assert.Equal(0, await _page.Locator("img").CountAsync());
        Assert.Equal(SampleEvaluation.Text, await _page.Locator(".case .text").First.EvaluateAsync<string>("e => e.textContent"));
        Assert.Contains(SampleEvaluation.Attack, await _page.Locator("h1").TextContentAsync());
        Assert.Contains(SampleEvaluation.Gold.Title!, await _page.Locator(".case h3").First.TextContentAsync());
    }

    [ChromiumFact]
    public async Task Filters_show_what_they_say()
    {
        int all = await Shown();
        await _page.SelectOptionAsync("#f-field", "participant.title");
        Assert.Equal(["participant.title"], await DistinctOfShown("field"));
        await _page.SelectOptionAsync("#f-field", "");
        await _page.SelectOptionAsync("#f-kind", "missing");
        Assert.Equal(["missing"], await DistinctOfShown("kind"));
        await _page.SelectOptionAsync("#f-kind", "");
        await _page.SelectOptionAsync("#f-genre", "negative");
        Assert.Equal(["sample-2"], await _page.Locator(".case:visible h3").EvaluateAllAsync<string[]>("heads => heads.map(h => h.textContent.split(' ')[0])"));
        await _page.SelectOptionAsync("#f-genre", "");
        await _page.FillAsync("#f-text", "云台");
        int found = await Shown();
        Assert.True(found > 0 && found < all);
        await _page.ClickAsync("button[type=reset]");
        await Assertions.Expect(_page.Locator(".error:visible")).ToHaveCountAsync(all);
        await _page.CheckAsync("#f-follows");
        Assert.Equal(SampleEvaluation.Result.Errors.Count(), await Shown());
        Assert.Contains($"{SampleEvaluation.Result.Errors.Count()} of", await _page.Locator("#shown").TextContentAsync());
        Assert.Empty(_complaints);
    }

    [ChromiumFact]
    public async Task Keys_walk_through_the_errors_and_mark_them_in_the_text()
    {
        await _page.Keyboard.PressAsync("j");
        Assert.Equal(1, await _page.Locator(".pick[aria-pressed=true]").CountAsync());
        string? first = await _page.Locator(".pick[aria-pressed=true]").GetAttributeAsync("data-error");
        await _page.Keyboard.PressAsync("j");
        Assert.NotEqual(first, await _page.Locator(".pick[aria-pressed=true]").GetAttributeAsync("data-error"));
        await _page.Keyboard.PressAsync("k");
        Assert.Equal(first, await _page.Locator(".pick[aria-pressed=true]").GetAttributeAsync("data-error"));
        Assert.True(await _page.Locator(".text span.g, .text span.x, .text span.v").CountAsync() > 0);
        await _page.Keyboard.PressAsync("Enter");
        Assert.Equal(0, await _page.Locator(".text span.g, .text span.x, .text span.v").CountAsync());
        await _page.Keyboard.PressAsync("/");
        await _page.Keyboard.TypeAsync("jk");
        Assert.Equal("jk", await _page.InputValueAsync("#f-text"));

        await _page.Keyboard.PressAsync("Escape");
        await _page.ClickAsync("button[type=reset]");
        await _page.SelectOptionAsync("#f-field", "visit.stops");
        await _page.ClickAsync(".error:visible .pick");
        Assert.Equal("云台科技产业园", string.Concat(await _page.Locator(".text span.g").AllTextContentsAsync()));
        Assert.Empty(_complaints);
    }

    private Task<int> Shown() => _page.Locator(".error:visible").CountAsync();

    private Task<string[]> DistinctOfShown(string name) =>
        _page.Locator(".error:visible").EvaluateAllAsync<string[]>("(items, name) => [...new Set(items.map(i => i.dataset[name]))]", name);
}
