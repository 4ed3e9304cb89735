using NewsExtract.Repair;
using NewsExtract.Tests.Specs.Repair;
using NewsExtract.Text;
using NewsExtract.Training;

namespace NewsExtract.Tests.Oracles.Repair;

/// <summary>Repair against the damage itself: what comes out must give the damaged text when damaged again.</summary>
[Collection(RepairTests.Name)]
public sealed class DamageOracle(CompiledRepair compiled)
{
    private const string Article =
        "縣委書記李俊宏率隊赴廣東省東莞市虎門鎮、沙田鎮考察學習，對接東西部協作工作並召開座談會。東莞市虎門鎮黨委書記羅斌，鎮黨委委員陳浩華參加。\n"
        + "座談會上，李俊宏代表縣委、縣人民政府表示誠摯謝意。他說：“虎門等鎮區始終貫徹綠色發展理念，把創新作為第一動力！”松桃將結合實際，學習借鑒當地的寶貴經驗和先進做法。\n"
        + "會議要求，要做到工作項目化、項目清單化；要堅持以人民為中心的發展思想（新階段），促進兩地人民共同富裕。縣直有關部門負責人參加考察。虎門等鎮區黨政領導表示歡迎。\n";

    [Fact]
    public void Damaging_the_repaired_text_gives_the_damaged_text()
    {
        var damage = new PageDamage(compiled.Model);
        var repair = new DamageRepair(compiled.Repairer.Knowledge);
        int shifted = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Dictionary<int, string> glosses = damage.DrawGlosses(new Random(seed), 0.35);
            string damaged = damage.Damage(Article, glosses, out bool[] marks);
            string repaired = repair.Run(damaged, traditional: true).Text;
            shifted += marks.Count(m => m);
            // Marks that came out as ASCII are made full-width again later; the article has no others.
            foreach (string pair in new[] { ",，", ":：", ";；", "!！", "?？", "(（", ")）" }) repaired = repaired.Replace(pair[0], pair[1]);
            string again = damage.Damage(repaired, glosses, out _);
            Assert.True(damaged == again, $"seed {seed}: {Difference(damaged, again)} from {Difference(Article, repaired)}");
        }
        Assert.True(shifted > 200, $"only {shifted} characters were shifted");
    }

    private static string Difference(string expected, string actual)
    {
        int at = expected.AsSpan().CommonPrefixLength(actual);
        return $"{expected[Math.Max(0, at - 12)..Math.Min(expected.Length, at + 8)]} / {actual[Math.Max(0, at - 12)..Math.Min(actual.Length, at + 8)]}";
    }

    /// <summary>What a simulation of the damage in Python made of one text; the same seeds must give the same damage here.</summary>
    [Theory]
    [InlineData(1, "會議要求,要做到工作項目化、項目清單(dān)化;要堅持以人民爲中心的發(fā)展思想(新階段),促進兩地人民共同富?!?h直有關部門負責人蔘加考察?;㈤T等鎮(zhèn)區黨(dǎng)政領導(dǎo)表示歡迎。")]
    [InlineData(2, "會議要求,要做到工作項目化、項目清單(dān)化;要堅(jiān)持以人民爲中心的發展思想(新階段),促進(jìn)兩(liǎng)地人民共同富?!?h直有關部門(mén)負責(zé)人蔘加考察?;㈤T(mén)等鎮區黨政領導表示?liàn)g迎。")]
    [InlineData(4, "會議(yì)要求,要做到工作項目化、項目清單化;要堅(jiān)持以人民爲?jù)行牡陌l展思想(新階段),促進(jìn)兩(liǎng)地人民共同富?!?h直有關部門負(fù)責人蔘加考察?;㈤T等鎮區黨政領導表示歡迎。")]
    public void The_same_seed_gives_the_same_damage(int seed, string expected)
    {
        const string text = "會議要求，要做到工作項目化、項目清單化；要堅持以人民爲中心的發展思想（新階段），促進兩地人民共同富裕。縣直有關部門負責人蔘加考察。虎門等鎮區黨政領導表示歡迎。";
        var damage = new PageDamage(File.ReadLines(Repository.Path("models", "sources", "repair", "glosses.tsv")).Where(line => !line.StartsWith('#')).Select(line => (line[0], line[2..])));
        Assert.Equal(expected, damage.Damage(text, damage.DrawGlosses(new MersenneTwister((uint)seed).NextDouble, 0.35), out bool[] shifted));
        Assert.Contains(true, shifted);
    }

    /// <summary>
    /// Pages gloss the characters that a converter makes. Where every other form is glossed as well, 剷 across the border of 談 and 會 leaves nothing of
    /// 上 in 座談會上 and of 。 in 座談會。 in every third draw; what is put there (后, 、) is as likely, so these two places set the lower floor.
    /// </summary>
    [Theory]
    [InlineData("glosses.tsv", 0.999)]
    [InlineData("readings.tsv", 0.995)]
    public void Almost_every_character_comes_back(string table, double floor)
    {
        var damage = new PageDamage(File.ReadLines(Repository.Path("models", "sources", "repair", table)).Where(line => !line.StartsWith('#')).Select(line => (line[0], line[2..].Split(',')[0])));
        RepairScratch scratch = compiled.Repairer.CreateScratch();
        string expected = compiled.Repairer.Repair(CleanText.Identity(Article), scratch).Text;
        int right = 0, total = 0;
        var lost = new List<string>();
        for (int seed = 0; seed < 60; seed++)
        {
            string damaged = damage.Damage(Article, damage.DrawGlosses(new Random(seed), 0.35), out _);
            CleanText repaired = compiled.Repairer.Repair(CleanText.Identity(damaged), scratch);
            EditCompositionOracle.AssertOrdered(repaired);
            bool[] matched = TextComparison.Match(expected, repaired.Text);
            right += matched.Count(m => m);
            total += matched.Length;
            lost.AddRange(TextComparison.Differences(expected, repaired.Text, matched).Select(d => $"{seed}: {expected[Math.Max(0, d.Start - 4)..d.Start]}[{d.Expected}] became {d.Actual}"));
        }
        Assert.True(right > total * floor, $"{right} of {total}: {string.Join(" | ", lost)}");
    }

    [Fact]
    public void Undamaged_text_is_never_taken_for_damaged()
    {
        RepairScratch scratch = compiled.Repairer.CreateScratch();
        string simplified = compiled.Repairer.Repair(CleanText.Identity(Article), scratch).Text;
        foreach (string text in new[] { Article, simplified, simplified.Replace('。', '?').Replace('，', ','), Article.Replace('。', '?').Replace('，', ',') })
            foreach (Edit edit in compiled.Repairer.Repair(CleanText.Identity(text), scratch).Edits)
                Assert.True(edit.Kind is EditKind.Script or EditKind.Width or EditKind.Spacing, $"{edit} in {text}");
    }

    [Fact]
    public void Any_text_whatever_is_repaired_without_harm()
    {
        const string alphabet = "?;!,:()（）；縣xiànshù\r\n\t \u3000\u00A0\u200B&nbsp;#1０９Ａ．：，锛銆鈥當氐膶氋F㈤T月日0123456789吴峰王·•「」\uD800\uDC00\0⽉着著乾";
        var random = new Random(11);
        RepairScratch scratch = compiled.Repairer.CreateScratch();
        for (int round = 0; round < 3000; round++)
        {
            string text = string.Create(random.Next(0, 60), random, (span, r) =>
            {
                foreach (ref char c in span) c = r.Next(6) == 0 ? (char)r.Next(1, 65536) : alphabet[r.Next(alphabet.Length)];
            });
            CleanText repaired = compiled.Repairer.Repair(CleanText.Identity(text), scratch);
            Assert.Same(text, repaired.Source);
            EditCompositionOracle.AssertOrdered(repaired);
        }
    }

    [Fact]
    public void A_scratch_that_was_used_gives_what_a_fresh_one_gives()
    {
        var damage = new PageDamage(compiled.Model);
        RepairScratch used = compiled.Repairer.CreateScratch();
        for (int seed = 0; seed < 10; seed++)
        {
            string damaged = damage.Damage(Article, damage.DrawGlosses(new Random(seed), 0.5), out _);
            Assert.Equal(
                compiled.Repairer.Repair(CleanText.Identity(damaged), compiled.Repairer.CreateScratch()).Text,
                compiled.Repairer.Repair(CleanText.Identity(damaged), used).Text);
        }
    }
}
