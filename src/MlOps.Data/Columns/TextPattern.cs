using System.Text.RegularExpressions;

namespace MlOps.Data.Columns;

/// <summary>A regular expression that cannot run away: a text on which it takes longer than a quarter of a second does not match.</summary>
internal sealed class TextPattern
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private readonly Regex _regex;

    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public TextPattern(string pattern) => _regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, Timeout);

    public bool IsMatch(string text) => Match(text) == true;

    /// <summary>Whether a text matches; null where that takes too long to find out.</summary>
    public bool? Match(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
