using System.Collections.Frozen;

namespace NewsExtract.Reading.Html;

/// <summary>How surely a class or id says that an element is not part of the article.</summary>
internal enum OutsideHint : byte
{
    /// <summary>Says nothing.</summary>
    None,
    /// <summary>Also found on frames around articles.</summary>
    Weak,
    /// <summary>Navigation, share bars, comments, related links, footers.</summary>
    Strong,
}

/// <summary>The words by which pages name their parts, and the words that stand on the parts themselves.</summary>
internal static class PageWords
{
    private static readonly FrozenSet<string> Strong = new[]
    {
        "nav", "navbar", "navi", "navigation", "menu", "submenu", "crumb", "crumbs", "breadcrumb", "breadcrumbs", "share", "shares", "sharing", "sharebox", "sharebar",
        "bdsharebuttonbox", "bdshare", "jiathis", "related", "relate", "relative", "relnews", "relatednews", "recommend", "recommends", "recommended", "comment", "comments", "cmt",
        "commentlist", "reply", "replies", "footer", "foot", "copyright", "sidebar", "toolbar", "topbar", "login", "advert", "advertisement", "adsense", "prevnext", "pagination", "pager",
        "friendlink", "friendlinks", "qrcode", "popup", "liuyan", "pinglun", "hotnews", "ranking", "rank", "skip", "fontsize", "statement", "disclaimer", "xgxw", "xglj", "position", "location",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Weak = new[]
    {
        "side", "right", "ad", "ads", "hot", "links", "link", "tag", "tags", "page", "pages", "top", "bottom", "more", "list", "prev", "next", "zan", "like", "search", "tool", "tools", "head",
        "banner", "logo", "bar", "pl", "xg", "float", "dibu", "daohang", "photos", "today", "brand",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> StrongLookup = Strong.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WeakLookup = Weak.GetAlternateLookup<ReadOnlySpan<char>>();

    // Lines that open a list of other articles' headlines.
    private static readonly FrozenSet<string> RelatedHeadings = new[]
    {
        "相关新闻", "相关阅读", "相关链接", "相关文章", "相关报道", "相关资讯", "相关内容", "相关信息", "相关专题", "相关推荐", "延伸阅读", "推荐阅读", "推荐新闻", "推荐文章", "热门推荐", "热点推荐", "编辑推荐",
        "为您推荐", "为你推荐", "猜你喜欢", "精彩推荐", "热门文章", "热门新闻", "热点新闻", "热点排行", "点击排行", "阅读排行", "新闻排行", "排行榜", "最新文章", "最新新闻", "最新资讯", "更多新闻", "更多精彩", "图片新闻", "专题推荐",
        "24小时热榜", "24小时点击排行", "往期回顾", "友情链接", "即日新闻", "相關新聞", "相關閱讀", "相關連結", "相關文章", "延伸閱讀", "推薦閱讀", "熱門新聞", "熱門文章", "最新新聞", "更多新聞", "友情連結", "即日新聞", "精选图片",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] CommentHeadings =
    [
        "网友评论", "网友留言", "精选留言", "发表评论", "我要评论", "最新评论", "热门评论", "全部评论", "评论列表", "网友跟帖", "写留言", "留言板", "網友評論", "網友留言", "發表評論", "留言評論", "我要留言",
    ];

    // Lines that begin like this are page controls wherever they stand outside sentences.
    private static readonly string[] FurnitureStarts =
    [
        "分享到", "分享至", "分享：", "分享:", "分享給", "字体：", "字体:", "字号：", "字号:", "【字体", "字體：", "字級", "上一篇", "下一篇", "上一条", "下一条", "上一則", "下一則", "上一页", "下一页", "上一頁", "下一頁", "前一篇", "后一篇",
        "当前位置", "您的位置", "您当前的位置", "您现在的位置", "您所在的位置", "你的位置", "所在位置", "當前位置", "您的位置", "您現在的位置", "【打印", "打印本", "[打印", "【关闭", "[关闭", "关闭窗口", "返回顶部", "返回首页", "返回列表", "【大 中 小", "【大】",
        "扫一扫", "扫描二维码", "扫码", "长按二维码", "加入收藏", "收藏本", "我要纠错", "点击查看更多", "查看全部评论", "点赞", "回到頂部", "回上頁", "友善列印", "列印", "跳至主要內容",
    ];

    private static readonly string[] FooterMarks =
    [
        "ICP备", "ICP證", "ICP证", "版权所有", "版權所有", "Copyright", "copyright", "©", "公网安备", "网站标识码", "技术支持：", "技术支持:", "All Rights Reserved", "关于我们", "關於我們", "联系我们 ", "网站地图", "互联网新闻信息服务许可证", "不良信息举报", "主办单位：", "隐私政策", "私隱政策",
        "法律声明", "广告服务",
    ];

    // Lines after the text that still belong to the article.
    private static readonly string[] Endings =
    [
        "责任编辑", "编辑：", "编辑:", "責任編輯", "編輯：", "责编", "審核", "审核", "初审", "复审", "终审", "监制", "校对", "来源：", "来源:", "來源：", "稿源", "作者：", "作者:", "记者：", "记者:", "（记者", "(记者", "通讯员", "供稿", "撰稿", "摄影", "图文", "图/", "文/", "（完）", "(完)", "完", "（责编", "(责编", "【责任编辑",
        "[责任编辑", "（编辑", "(编辑", "【编辑", "（作者", "（责任编辑", "(责任编辑", "发布：", "签发", "值班", "主编", "總編輯", "總編",
    ];

    /// <summary>What a class or id attribute says: its words are split at every character that is no letter or digit, and at inner capitals.</summary>
    public static OutsideHint Hint(ReadOnlySpan<char> value)
    {
        OutsideHint hint = OutsideHint.None;
        Span<char> word = stackalloc char[24];
        int length = 0;
        for (int i = 0; i <= value.Length; i++)
        {
            char c = i < value.Length ? value[i] : ' ';
            bool isPart = char.IsAsciiLetter(c);
            bool isInnerCapital = char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(value[i - 1]);
            if (length > 0 && (!isPart || isInnerCapital))
            {
                if (length <= word.Length)
                {
                    if (StrongLookup.Contains(word[..length])) return OutsideHint.Strong;
                    if (WeakLookup.Contains(word[..length])) hint = OutsideHint.Weak;
                }
                length = 0;
            }
            if (!isPart) continue;
            if (length < word.Length) word[length] = char.ToLowerInvariant(c);
            length++;
        }
        return hint;
    }

    /// <summary>Whether a line opens a list of other articles.</summary>
    public static bool IsRelatedHeading(ReadOnlySpan<char> line)
    {
        line = line.Trim(" \t\u3000\u00A0:：>»【】[]◆■·|");
        return line.Length is >= 3 and <= 12 && RelatedHeadings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(line);
    }

    /// <summary>Whether a line opens the readers' comments.</summary>
    public static bool IsCommentHeading(ReadOnlySpan<char> line) => line.Length <= 24 && StartsWithAny(line, CommentHeadings);

    /// <summary>Whether a line is a page control.</summary>
    public static bool IsFurniture(ReadOnlySpan<char> line) => line.Length <= 200 && StartsWithAny(line, FurnitureStarts);

    /// <summary>Whether a line belongs to the page's footer.</summary>
    public static bool IsFooter(ReadOnlySpan<char> line)
    {
        if (line.Length > 300) return false;
        foreach (string mark in FooterMarks)
            if (line.Contains(mark, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Whether a line behind the text still belongs to the article: editors, source, reporter.</summary>
    public static bool IsEnding(ReadOnlySpan<char> line) => line.Length <= 80 && StartsWithAny(line, Endings);

    private static bool StartsWithAny(ReadOnlySpan<char> line, string[] starts)
    {
        foreach (string start in starts)
            if (line.StartsWith(start, StringComparison.Ordinal)) return true;
        return false;
    }
}
