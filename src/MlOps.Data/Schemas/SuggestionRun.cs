using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data.Schemas;

/// <summary>Fits constraints on all parts but one, tries them on that one, and keeps those that the whole data pass.</summary>
internal static class SuggestionRun
{
    private const int RowsOfBatch = 256;

    public static async Task<SchemaSuggestions> RunAsync(
        Dataset dataset, SchemaSuggestionOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parts, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Parts, 50, nameof(options));
        if (!(options.MaximumFalseAlarmRate is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaximumFalseAlarmRate, "A rate of false alarms lies between 0 and 1.");
        }

        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        Apache.Arrow.Field[] fields = options.Columns is { } columns
            ? [.. columns.Select(column => dataset.RequireColumn(schema, column))] : [.. schema.FieldsList];
        var profiling = new DataProfileOptions { Columns = options.Columns };
        var parted = new PartedProfile(dataset.Name, fields, profiling, options.Parts, options.ComparesColumns);
        var batch = await BatchSizeAsync(dataset, fields, options.Parts, cancellationToken).ConfigureAwait(false);
        await dataset.ReadAheadAsync(
            new DatasetReadOptions { Columns = options.Columns, BatchSize = batch }, parted.Add, cancellationToken).ConfigureAwait(false);
        var parts = parted.Complete();
        if (parts.Count == 0)
        {
            throw new MlOpsException(
                ErrorCodes.DataEmpty, $"'{dataset.Name}' has no rows to fit constraints on: check the filter or the span of time.");
        }

        var personal = new HashSet<string>(options.PersonalColumns, StringComparer.Ordinal);
        DataSchemaColumn[] blank =
        [
            .. parts[0].Profile.Columns.Select(column => new DataSchemaColumn
            {
                Name = column.Name,
                Type = column.Type,
                MissingShare = 1,
                Classification = personal.Contains(column.Name) ? DataClassification.Personal : DataClassification.Open,
            }),
        ];
        var whole = parts.Aggregate(PartedProfile.Part.Merge);
        List<SchemaSuggestion> suggestions =
        [
            .. Suggest(whole, parts, personal, fields).Where(suggestion => suggestion.FalseAlarmRate <= options.MaximumFalseAlarmRate)
                .OrderByDescending(suggestion => suggestion.Usefulness),
        ];

        // What a range, or a set of all values, says already where one is kept.
        var kept = suggestions.Select(suggestion => (suggestion.Column, suggestion.Constraint)).ToHashSet();
        suggestions.RemoveAll(suggestion => suggestion.Constraint switch
        {
            ConstraintFits.NotNegativeName => kept.Contains((suggestion.Column, "range")),
            FrequentValues.Name => kept.Contains((suggestion.Column, "values")),
            _ => false,
        });
        return await VerifiedAsync(dataset, whole.Profile.RowCount, blank, suggestions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As few rows as it takes for enough parts when there are few rows at all.</summary>
    private static async Task<int> BatchSizeAsync(
        Dataset dataset, Apache.Arrow.Field[] fields, int parts, CancellationToken cancellationToken)
    {
        var rows = 0;
        var first = new DatasetReadOptions { Columns = [.. fields.Take(1).Select(field => field.Name)], Limit = RowsOfBatch * parts };
        await foreach (var batch in dataset.ReadAsync(first, cancellationToken).ConfigureAwait(false))
        {
            rows += batch.Length;
            batch.Dispose();
        }

        return Math.Clamp(rows / parts, 1, RowsOfBatch);
    }

    private static List<SchemaSuggestion> Suggest(
        PartedProfile.Part whole, IReadOnlyList<PartedProfile.Part> parts, HashSet<string> personal, Apache.Arrow.Field[] fields)
    {
        var others = AllButOne(parts);
        List<SchemaSuggestion> suggestions = [];
        foreach (var (i, column) in whole.Profile.Columns.Index())
        {
            // Limits are fitted on the values of personal columns too; the mark keeps them out of the words.
            column.Sketch.IsPersonal = personal.Contains(column.Name);
            var isFloating = fields[i].DataType.TypeId
                is ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128;
            var fits = others
                .Select(rest => ConstraintFits.Of(rest.Profile.Columns[i], isFloating).ToDictionary(fit => fit.Constraint, StringComparer.Ordinal))
                .ToArray();
            foreach (var fit in ConstraintFits.Of(column, isFloating))
            {
                suggestions.Add(Tried(
                    column,
                    fit,
                    fits.Select(fitted => fitted.GetValueOrDefault(fit.Constraint)),
                    part => own => own.Holds(parts[part].Profile.Columns[i])));
            }

            if (whole.Formats.Fit(column.Name) is { } format && !(column.Texts?.Top is { } texts && SchemaInference.HasFewValues(column, texts)))
            {
                suggestions.Add(Tried(
                    column,
                    format,
                    others.Select(rest => rest.Formats.Fit(column.Name)),
                    part => own => parts[part].Formats.Holds(column.Name, own.Format!, own.Mostly)));
            }

            foreach (var relation in (ReadOnlySpan<Comparison>)[Comparison.Less, Comparison.AtMost, Comparison.Equal])
            {
                AddRelation(suggestions, column, relation, whole, parts, others);
            }
        }

        return suggestions;
    }

    /// <summary>A constraint tried on each part as it was fitted on the others.</summary>
    /// <param name="column">The column.</param>
    /// <param name="fit">The constraint as fitted on all rows.</param>
    /// <param name="fitted">What was fitted without each part; null where the other parts did not bear it: there it would raise no alarm.</param>
    /// <param name="holds">Whether a part passes.</param>
    private static SchemaSuggestion Tried(
        ColumnProfile column, ConstraintFit fit, IEnumerable<ConstraintFit?> fitted, Func<int, Func<ConstraintFit, bool>> holds)
    {
        var trials = fitted.Index().Where(trial => trial.Item is not null).ToArray();
        return Suggestion(column, fit, trials.Length, trials.Count(trial => !holds(trial.Index)(trial.Item!)));
    }

    private static void AddRelation(
        List<SchemaSuggestion> suggestions,
        ColumnProfile column,
        Comparison relation,
        PartedProfile.Part whole,
        IReadOnlyList<PartedProfile.Part> parts,
        PartedProfile.Part[] others)
    {
        // Of columns that are equal, each pair is named once.
        string[] names = [.. whole.Profile.Columns.Select(own => own.Name)];
        var related = whole.Order.Related(column.Name, relation).FirstOrDefault(other => relation == Comparison.Equal
            ? Array.IndexOf(names, other) > Array.IndexOf(names, column.Name)
            : Overlap(column, whole.Profile[other]));
        if (related is null)
        {
            return;
        }

        var (name, words) = relation switch
        {
            Comparison.Less => ("less_than", "less than"),
            Comparison.AtMost => ("at_most", "at most"),
            _ => ("equal_to", "equal to"),
        };
        var fit = new ConstraintFit(
            name,
            related,
            relation == Comparison.Equal
                ? $"In every row that has both it is equal to {related}."
                : $"In every row that has both it is {words} {related}, though their ranges overlap.",
            0.9,
            own => relation == Comparison.Less ? own with { LessThan = related } : own,
            checks => _ = relation switch
            {
                Comparison.Less => checks.LessThan(related),
                Comparison.AtMost => checks.AtMost(related),
                _ => checks.EqualToColumn(related),
            },
            _ => true);
        suggestions.Add(Tried(
            column,
            fit,
            others.Select(rest => rest.Order.Related(column.Name, relation).Contains(related) ? fit : null),
            part => _ => parts[part].Order.Holds(column.Name, related, relation)));
    }

    private static SchemaSuggestion Suggestion(ColumnProfile column, ConstraintFit fit, int parts, int failed)
    {
        var suggestion = new SchemaSuggestion
        {
            Column = column.Name,
            Constraint = fit.Constraint,
            Demand = fit.Demand,
            Why = $"{fit.Why} Held on {parts - failed} of {parts} parts that it was not fitted on.",
            Parts = parts,
            FailedParts = failed,
            Usefulness = 0,
            Apply = fit.Apply,
            Add = fit.Add,
        };
        return suggestion with { Usefulness = fit.Weight * (1 - suggestion.FalseAlarmRate) };
    }

    /// <summary>For each part the union of the others, by unions from both ends.</summary>
    private static PartedProfile.Part[] AllButOne(IReadOnlyList<PartedProfile.Part> parts)
    {
        if (parts.Count < 2)
        {
            return [];
        }

        var after = new PartedProfile.Part[parts.Count];
        after[^1] = parts[^1];
        for (var i = parts.Count - 2; i > 0; i--)
        {
            after[i] = PartedProfile.Part.Merge(parts[i], after[i + 1]);
        }

        var others = new PartedProfile.Part[parts.Count];
        others[0] = after[1];
        var before = parts[0];
        for (var i = 1; i < parts.Count; i++)
        {
            others[i] = i == parts.Count - 1 ? before : PartedProfile.Part.Merge(before, after[i + 1]);
            before = i == parts.Count - 1 ? before : PartedProfile.Part.Merge(before, parts[i]);
        }

        return others;
    }

    private static bool Overlap(ColumnProfile lower, ColumnProfile upper) => lower.Type == ColumnKind.Time
        ? lower.Latest > upper.Earliest
        : lower.Quantile(0.75) > upper.Quantile(0.25);

    /// <summary>What a sketch could not tell, such as uniqueness, is tried on the data, and given up where they fail.</summary>
    private static async Task<SchemaSuggestions> VerifiedAsync(
        Dataset dataset, long rows, IReadOnlyList<DataSchemaColumn> columns, List<SchemaSuggestion> suggestions, CancellationToken cancellationToken)
    {
        var result = new SchemaSuggestions(dataset.Name, rows, columns, suggestions);
        var report = await result.ToChecks().RunAsync(dataset, cancellationToken).ConfigureAwait(false);
        HashSet<SchemaSuggestion> failing = new(
            result.InOrder().Zip(report.Results).Where(pair => !pair.Second.Passed).Select(pair => pair.First), ReferenceEqualityComparer.Instance);
        return failing.Count == 0
            ? result
            : new SchemaSuggestions(dataset.Name, rows, columns, [.. suggestions.Where(suggestion => !failing.Contains(suggestion))]);
    }
}
