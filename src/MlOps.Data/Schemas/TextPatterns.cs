using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Data.Schemas;

/// <summary>
/// Makes a regular expression of the shapes of texts: runs of one kind of character, with their lengths where these never differ.
/// </summary>
internal static class TextPatterns
{
    private const int MostAlternatives = 3;
    private const int LeastRepeats = 20;

    public static ConstraintFit? Fit(ColumnProfile seen)
    {
        if (seen.IsPersonal || seen.Texts is not { Shapes: { IsExact: true } shapes } texts
            || (texts.Top is { } top && SchemaInference.HasFewValues(seen, top)))
        {
            return null;
        }

        string[] all = [.. shapes.Top(shapes.Capacity).Select(shape => shape.Value)];
        var groups = all.Select(Runs).GroupBy(runs => string.Concat(runs.Select(run => run.Kind)), StringComparer.Ordinal).ToArray();
        var isShape = all.Length > 0 && groups.Length <= MostAlternatives && seen.Count >= LeastRepeats * groups.Length
            && all.All(shape => shape.Length > 0 && !shape.EndsWith('…'));
        if (!isShape)
        {
            return null;
        }

        var isAscii = texts.Top is not null && texts.Top.Top(texts.Top.Capacity).All(text => Ascii.IsValid(text.Value));
        string[] alternatives = [.. groups.Select(group => Expression([.. group], isAscii)).Order(StringComparer.Ordinal)];

        // Letters, in any number, say nothing.
        if (groups.All(group => group.Key is "A" or "a" && Lengths([.. group])[0] is null))
        {
            return null;
        }

        var pattern = alternatives.Length == 1 ? $"^{alternatives[0]}$" : $"^(?:{string.Join('|', alternatives)})$";
        HashSet<string> shapeSet = new(groups.Select(group => group.Key), StringComparer.Ordinal);
        var lengths = groups.ToDictionary(group => group.Key, group => Lengths([.. group]), StringComparer.Ordinal);
        return new ConstraintFit(
            "pattern",
            pattern,
            alternatives.Length == 1 ? "All texts have this form." : $"All texts have one of {alternatives.Length} forms.",
            0.8,
            column => column with { Pattern = pattern },
            checks => checks.Matches(pattern),
            part => part.Texts!.Shapes is { IsExact: true } own && own.Top(own.Capacity).All(shape => Fits(Runs(shape.Value), lengths)));
    }

    private static bool Fits((string Kind, int Length)[] runs, Dictionary<string, int?[]> lengths) =>
        lengths.TryGetValue(string.Concat(runs.Select(run => run.Kind)), out var allowed)
        && runs.Zip(allowed, (run, length) => length is null || length == run.Length).All(fits => fits);

    /// <summary>A shape as runs of equal characters; what is no letter or digit is a run of its own.</summary>
    private static (string Kind, int Length)[] Runs(string shape)
    {
        List<(string Kind, int Length)> runs = [];
        foreach (var rune in shape.EnumerateRunes())
        {
            var kind = rune.ToString();
            if (kind is "A" or "a" or "9" && runs.Count > 0 && runs[^1].Kind == kind)
            {
                runs[^1] = (kind, runs[^1].Length + 1);
            }
            else
            {
                runs.Add((kind, 1));
            }
        }

        return [.. runs];
    }

    /// <summary>The length of each run where all agree on it; null where they differ.</summary>
    private static int?[] Lengths((string Kind, int Length)[][] shapes) =>
        [.. Enumerable.Range(0, shapes[0].Length)
            .Select(i => shapes.All(shape => shape[i].Length == shapes[0][i].Length) ? shapes[0][i].Length : (int?)null)];

    private static string Expression((string Kind, int Length)[][] shapes, bool isAscii) =>
        string.Concat(shapes[0].Zip(Lengths(shapes), (run, length) =>
    {
        var one = (run.Kind, isAscii) switch
        {
            ("A", true) => "[A-Z]",
            ("a", true) => "[a-z]",
            ("9", true) => "[0-9]",
            ("A", false) => @"[\p{Lu}\p{Lt}]",
            ("a", false) => @"[\p{Ll}\p{Lm}\p{Lo}]",
            ("9", false) => @"\p{Nd}",
            var (other, _) => Regex.Escape(other),
        };
        return length switch
        {
            null => one + "+",
            1 => one,
            var times => $"{one}{{{times}}}",
        };
    }));
}
