namespace MlOps.Data.Expressions;

/// <summary>A pattern of SQL's <c>like</c>: % stands for any text, _ for any code unit, and a backslash takes its meaning from the next sign.</summary>
internal sealed class LikePattern
{
    private const int AnyText = -1;
    private const int AnyUnit = -2;
    private readonly int[] _signs;

    public LikePattern(string pattern)
    {
        List<int> signs = [];
        for (var i = 0; i < pattern.Length; i++)
        {
            signs.Add(pattern[i] switch
            {
                '%' => AnyText,
                '_' => AnyUnit,
                '\\' when i + 1 < pattern.Length => pattern[++i],
                var unit => unit,
            });
        }

        _signs = [.. signs];
    }

    // Only the last % has to be tried again: what an earlier one left open, the later one can take.
    public bool IsMatch(string text)
    {
        var (at, sign, anyText, retry) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (sign < _signs.Length && _signs[sign] == AnyText)
            {
                (anyText, retry) = (sign++, at);
            }
            else if (sign < _signs.Length && (_signs[sign] == AnyUnit || _signs[sign] == text[at]))
            {
                at++;
                sign++;
            }
            else if (anyText >= 0)
            {
                (sign, at) = (anyText + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return _signs.AsSpan(sign).IndexOfAnyExcept(AnyText) < 0;
    }
}
