using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Tables;

/// <summary>Which columns there are.</summary>
internal sealed record ColumnSetRule(IReadOnlyList<string> Names, bool Exact, bool Ordered) : TableRule
{
    public override string Name => $"columns {(Exact ? "are" : "include")} {string.Join(", ", Names)}{(Ordered ? ", in this order" : "")}";

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        string[] found = [.. context.Schema.FieldsList.Select(field => field.Name)];
        string[] missing = [.. Names.Except(found, StringComparer.Ordinal)];
        string[] surplus = Exact ? [.. found.Except(Names, StringComparer.Ordinal)] : [];
        List<string> problems = [.. missing.Select(name => NearestName.Of(name, found.Except(Names, StringComparer.Ordinal)) is { } nearest ? $"{name} is missing; there is {nearest}" : $"{name} is missing")];
        if (surplus.Length > 0)
        {
            problems.Add($"not expected: {string.Join(", ", surplus)}");
        }

        string[] order = [.. found.Intersect(Names, StringComparer.Ordinal)];
        if (Ordered && missing.Length == 0 && !order.SequenceEqual(Names, StringComparer.Ordinal))
        {
            problems.Add($"the order is {string.Join(", ", order)}");
        }

        return new(new SchemaTest(new TableOutcome(problems.Count == 0, problems.Count == 0 ? "as expected" : string.Join("; ", problems))));
    }

    public override CheckEntry ToEntry() => new() { Check = "column_set", Columns = Names, Exact = Exact, Ordered = Ordered };
}
