using System.Globalization;

namespace MlOps.Data.Checks.Rows;

/// <summary>A set as a person reads it: the first values, and how many there are.</summary>
internal static class SetWords
{
    private const int Shown = 6;

    public static string Of<T>(IReadOnlyCollection<T> values) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{{string.Join(", ", values.Take(Shown).Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")))}{(values.Count > Shown ? $", … ({values.Count})" : "")}}}");
}
