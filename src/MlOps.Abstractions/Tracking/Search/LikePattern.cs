using System.Text;

namespace MlOps.Tracking;

/// <summary>SQL's patterns: <c>%</c> stands for any characters, <c>_</c> for one; a backslash is a backslash.</summary>
internal static class LikePattern
{
    public static bool IsMatch(string text, string pattern, bool ignoreCase)
    {
        if (ignoreCase)
        {
            text = text.ToLowerInvariant();
            pattern = pattern.ToLowerInvariant();
        }

        return IsMatch([.. text.EnumerateRunes()], [.. pattern.EnumerateRunes()]);
    }

    // Greedy, with a step back to the last '%' alone: never worse than length times length.
    private static bool IsMatch(Rune[] text, Rune[] pattern)
    {
        var (at, next, star, from) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next].Value == '%')
            {
                (star, from) = (next++, at);
            }
            else if (next < pattern.Length && (pattern[next].Value == '_' || pattern[next] == text[at]))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                (next, at) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(next).IndexOfAnyExcept(new Rune('%')) < 0;
    }
}
