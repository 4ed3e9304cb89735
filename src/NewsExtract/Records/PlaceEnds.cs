namespace NewsExtract.Records;

/// <summary>The ends of places' names that differ in whether a visit to them counts.</summary>
internal static class PlaceEnds
{
    private static readonly string[] Ends = ["街道", "镇", "乡", "村", "县", "市", "新区", "开发区", "高新区", "工业园区", "保税区", "管理区", "示范区", "区", "省", "州", "旗", "苏木", "街", "路", "岛", "港", "山"];

    /// <summary>The end's place in the list, from 1; 0 for none of them.</summary>
    public static int Kind(string name)
    {
        for (int i = 0; i < Ends.Length; i++)
            if (name.EndsWith(Ends[i], StringComparison.Ordinal)) return i + 1;
        return 0;
    }
}
