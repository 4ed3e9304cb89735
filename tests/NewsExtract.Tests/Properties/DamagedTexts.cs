using System.Text;

namespace NewsExtract.Tests.Properties;

/// <summary>
/// Random texts as scraped archives hold them and worse: pieces of invented articles, put together at random, then damaged: glosses in brackets,
/// bytes cut out of GBK and UTF-8, UTF-8 read as GBK, spaces and line breaks anywhere, Traditional forms, markup, arbitrary characters.
/// The same seed gives the same texts.
/// </summary>
internal sealed class DamagedTexts(int seed)
{
    private const string Simplified = "县镇东书记刘陈长务贵团区国广扬协议会签与开来为产业对扶贫发学习华龙黄马门车间个们这说时报讯编辑责图习";
    private const string Traditional = "縣鎮東書記劉陳長務貴團區國廣揚協議會簽與開來為產業對扶貧發學習華龍黃馬門車間個們這說時報訊編輯責圖習";
    private const string Oddities = "\0\u0007\t\u00A0\u00AD\u200B\u200E\u2028\u3000\uFEFF\uFFFD\u2F00\uF900（）()《》“”、，。；：！？·．-—…%①㈠Ⅳ０Ａａ〇某×";

    private static readonly string[] Pieces =
    [
        "县委书记吴启川率队赴东莞考察\n", "某县与某市签署合作协议\n", "2021-04-12 来源：松桃县融媒体中心 作者：韦小燕 点击：1326\n", "发布时间：2019年10月8日\t编辑：秦朗\n",
        "本报讯（记者 韦小燕 通讯员 龙再兴）", "中新网桂林3月28日电 （记者 田景行）", "4月8日至11日，", "昨（18）日，", "民國112年6月30日，", "近日，", "当天下午，",
        "松桃县委书记吴启川率党政代表团赴广东省东莞市虎门镇、沙田镇考察学习，对接东西部协作工作。", "县委常委、副县长（挂职）龙再兴，县委办主任石青山，县扶贫办主任杨世杰参加考察。",
        "虎门镇党委书记罗锦城，镇党委委员陈嘉豪，副镇长叶秋成陪同考察。", "考察团先后来到广东华茂家具有限公司、滨海湾新区展示馆和村史馆，", "双方签署了《东西部协作框架协议》和投资合同，总投资46.8亿元。",
        "柬埔寨驻华大使凯·西索达一行12人到访桂林理工大学，校长孙立言会见了客人。", "座谈会由副市长秦朗月主持。", "吴书记指出，要进一步深化合作。", "据悉，双方将于5月20日签署备忘录。",
        "▲座谈会现场（韦小燕 摄）\n", "编辑：韦小燕 审核：秦朗\n", "上一篇：我县召开防汛工作会议\n", "阿依古丽·买买提介绍了合作社的情况，", "参加活动的还有", "吴启川、杨世杰、", "等。", "1958年春天，",
    ];

    private readonly Random _random = new(seed);
    private readonly Encoding _gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;

    public string Next()
    {
        var text = new StringBuilder();
        for (int pieces = _random.Next(0, 6); pieces > 0; pieces--) text.Append(Pieces[_random.Next(Pieces.Length)]);
        string damaged = text.ToString();
        for (int times = _random.Next(0, 4); times > 0; times--) damaged = Damage(damaged);
        return damaged.Length > 600 ? damaged[..600] : damaged;
    }

    private string Damage(string text) => _random.Next(9) switch
    {
        0 => Insert(text, 1 + text.Length / 12, static _ => "(xiàn)"),
        1 => Insert(text, 1 + text.Length / 6, static r => r.Next(3) == 0 ? "\n" : " "),
        2 => WithoutBytes(text, _gbk),
        3 => WithoutBytes(text, Encoding.UTF8),
        4 => _gbk.GetString(Encoding.UTF8.GetBytes(text)),
        5 => string.Create(text.Length, text, static (span, s) =>
        {
            for (int i = 0; i < s.Length; i++) span[i] = Simplified.IndexOf(s[i]) is >= 0 and int at ? Traditional[at] : s[i];
        }),
        6 => Insert(text, 1 + text.Length / 20, static r => Oddities[r.Next(Oddities.Length)].ToString()),
        7 => Insert(text, 1 + text.Length / 30, static r => r.Next(3) switch { 0 => "&nbsp;", 1 => "<br/>", _ => ((char)r.Next(0x20, 0x10000)).ToString() }),
        _ => text.Length == 0 ? text : text[_random.Next(text.Length)..],
    };

    private string Insert(string text, int count, Func<Random, string> piece)
    {
        var result = new StringBuilder(text);
        for (int i = _random.Next(count + 1); i > 0; i--) result.Insert(_random.Next(result.Length + 1), piece(_random));
        return result.ToString();
    }

    /// <summary>A few bytes are lost; all up to the next character that is in step reads differently.</summary>
    private string WithoutBytes(string text, Encoding encoding)
    {
        var bytes = new List<byte>(encoding.GetBytes(text));
        for (int i = _random.Next(4); i > 0 && bytes.Count > 0; i--) bytes.RemoveAt(_random.Next(bytes.Count));
        return encoding.GetString([.. bytes]);
    }
}
