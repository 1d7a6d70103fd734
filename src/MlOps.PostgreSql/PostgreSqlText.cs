using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOps.PostgreSql;

/// <summary>A statement with <c>$1</c>, <c>$2</c> and so on, in the order in which <c>@0</c>, <c>@1</c> and so on first stand in it.</summary>
internal sealed partial class PostgreSqlText
{
    public PostgreSqlText(string sql)
    {
        var numbers = new List<int>();
        Sql = Parameters().Replace(sql, match =>
        {
            if (!match.Groups[1].Success)
            {
                return match.Value;
            }

            var number = int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            var slot = numbers.IndexOf(number);
            if (slot < 0)
            {
                slot = numbers.Count;
                numbers.Add(number);
            }

            return string.Create(CultureInfo.InvariantCulture, $"${slot + 1}");
        });
        Numbers = [.. numbers];
    }

    public string Sql { get; }

    /// <summary>For each slot the number of the value that fills it; a text need not use all values.</summary>
    public int[] Numbers { get; }

    // Quoted texts are matched to be left alone.
    [GeneratedRegex("'(?:[^']|'')*'|@([0-9]+)")]
    private static partial Regex Parameters();
}
