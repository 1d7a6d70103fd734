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
            .. Suggest(whole, parts, personal).Where(suggestion => suggestion.FalseAlarmRate <= options.MaximumFalseAlarmRate)
                .OrderByDescending(suggestion => suggestion.Usefulness),
        ];
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
        PartedProfile.Part whole, IReadOnlyList<PartedProfile.Part> parts, HashSet<string> personal)
    {
        var others = AllButOne(parts);
        List<SchemaSuggestion> suggestions = [];
        foreach (var (i, column) in whole.Profile.Columns.Index())
        {
            // Limits are fitted on the values of personal columns too; the mark keeps them out of the words.
            column.Sketch.IsPersonal = personal.Contains(column.Name);
            var fits = others.Select(rest => ConstraintFits.Of(rest.Profile.Columns[i]).ToDictionary(fit => fit.Constraint, StringComparer.Ordinal));
            var trials = fits.Zip(parts, (fitted, part) => (Fits: fitted, Part: part.Profile.Columns[i])).ToArray();
            foreach (var fit in ConstraintFits.Of(column))
            {
                // Where the other parts did not bear a constraint at all, it would not have been proposed, and raises no alarm.
                var tried = trials.Where(trial => trial.Fits.ContainsKey(fit.Constraint)).ToArray();
                suggestions.Add(Suggestion(column, fit, tried.Length, tried.Count(trial => !trial.Fits[fit.Constraint].Holds(trial.Part))));
            }

            foreach (var above in whole.Order.Above(column.Name).Where(above => Overlap(column, whole.Profile[above])).Take(1))
            {
                var fit = new ConstraintFit(
                    "less_than",
                    above,
                    $"In every row that has both it is less than {above}, though their ranges overlap.",
                    0.9,
                    own => own with { LessThan = above },
                    _ => true);
                int[] tried = [.. Enumerable.Range(0, others.Length).Where(part => others[part].Order.Above(column.Name).Contains(above))];
                suggestions.Add(Suggestion(column, fit, tried.Length, tried.Count(part => !parts[part].Order.Holds(column.Name, above))));
            }
        }

        return suggestions;
    }

    private static SchemaSuggestion Suggestion(ColumnProfile column, ConstraintFit fit, int parts, int failed)
    {
        var suggestion = new SchemaSuggestion
        {
            Column = column.Name,
            Constraint = fit.Constraint,
            Demand = fit.Constraint == "values" ? ConstraintFits.Hidden(column, fit.Demand) : fit.Demand,
            Why = $"{fit.Why} Held on {parts - failed} of {parts} parts that it was not fitted on.",
            Parts = parts,
            FailedParts = failed,
            Usefulness = 0,
            Apply = fit.Apply,
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
        Dataset dataset, long rows, IReadOnlyList<DataSchemaColumn> columns, List<SchemaSuggestion> suggestions,
            CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = new SchemaSuggestions(dataset.Name, rows, columns, suggestions);
            var report = await result.ToSchema().ToChecks().RunAsync(dataset, cancellationToken).ConfigureAwait(false);
            var failing = report.Results.Where(check => !check.Passed).Select(check => check.Column).ToHashSet(StringComparer.Ordinal);
            if (failing.Count == 0)
            {
                return result;
            }

            // First what rests on estimates; when that was not it, everything about the column.
            var removed = suggestions.RemoveAll(
                suggestion => failing.Contains(suggestion.Column) && suggestion.Constraint is ("unique" or "pattern" or "less_than"));
            if (removed == 0 && suggestions.RemoveAll(suggestion => failing.Contains(suggestion.Column)) == 0)
            {
                throw new MlOpsException(
                    ErrorCodes.InvalidConfiguration,
                        $"'{dataset.Name}' gave other rows when it was read again: give it a source that reads the same each time.");
            }
        }
    }
}
