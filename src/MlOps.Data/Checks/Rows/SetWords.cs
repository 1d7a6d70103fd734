using System.Globalization;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A set as a person reads it: the first values, and how many there are.</summary>
internal static class SetWords
{
    private const int Shown = 6;

    /// <summary>A set of which only the size may be known.</summary>
    public static string Discreet<T>(IReadOnlyCollection<T> values) => string.Create(CultureInfo.InvariantCulture, $"{{{Redacted.Text} ({values.Count})}}");

    public static string Of<T>(IReadOnlyCollection<T> values) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{{string.Join(", ", values.Take(Shown).Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")))}{(values.Count > Shown ? $", … ({values.Count})" : "")}}}");
}
