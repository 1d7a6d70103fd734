using System.Buffers;
using System.Text;

namespace MlOps.Tracking;

/// <summary>What metrics, parameters, tags and inputs may be called: what MLflow takes, so that a run can go to its server.</summary>
internal static class RunNames
{
    public const int MaximumLength = 250;

    private const string Marks = "_.-: ";

    // Without the slash: a name of these characters is in order as soon as it does not begin with a dot.
    private static readonly SearchValues<char> _plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + Marks);

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="anyCharacters">Whether every character but control characters is allowed.</param>
    public static string? WhyNot(string name, bool anyCharacters)
    {
        if (name.Length is > 0 and <= MaximumLength && name[0] != '.' && !name.AsSpan().ContainsAnyExcept(_plain))
        {
            return null;
        }

        return name.Length == 0 ? "is empty"
            : name.Length > MaximumLength ? $"has {name.Length} characters, of which at most {MaximumLength} are kept"
            : anyCharacters ? (name.Any(char.IsControl) ? "holds a control character" : null)
            : !HasWordsOnly(name) ? "may hold letters, digits and _ . - : / and blanks alone (TrackingOptions.AnyNames allows more)"
            : !IsNormalPath(name) ? "is read as a path by MLflow: leave out '.', '..' and empty parts, and '/' at either end"
            : null;
    }

    private static bool HasWordsOnly(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value != '/' && !(rune.IsAscii && Marks.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNormalPath(ReadOnlySpan<char> name)
    {
        if (name.StartsWith(".."))
        {
            return false;
        }

        foreach (var part in name.Split('/'))
        {
            if (name[part] is "" or "." or "..")
            {
                return false;
            }
        }

        return true;
    }
}
