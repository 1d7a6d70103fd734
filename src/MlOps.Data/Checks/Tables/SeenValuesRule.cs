using MlOps.Data.Checks.Measures;
using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Tables;

/// <summary>Each of some values occurs, as text, or the most common value is one of them.</summary>
internal sealed record SeenValuesRule(string Of, IReadOnlyList<string> Values, bool MostCommon) : TableRule
{
    public override string Name => $"{(MostCommon ? "most common value in" : "contains all of")} {SetWords.Of(Values)}";

    public override string DiscreetName => $"{(MostCommon ? "most common value in" : "contains all of")} {SetWords.Discreet(Values)}";

    public override string Column => Of;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of);
        return new(new MeasureTest<ValueCounts>(context.Measure(Of, () => new ValueCounts(Of)), MostCommon ? JudgeMostCommon : JudgeAll));
    }

    public override CheckEntry ToEntry() => new() { Check = MostCommon ? "most_common_in" : "contains_all", Column = Of, Values = EntryValues.Of(Values) };

    private TableOutcome JudgeAll(ValueCounts counts)
    {
        HashSet<string> missing = new(Values, StringComparer.Ordinal);
        missing.ExceptWith(counts.Values.Select(value => value.Text));
        string[] absent = [.. Values.Where(missing.Contains)];
        return new TableOutcome(absent.Length == 0, absent.Length == 0 ? "all occur" : $"missing {SetWords.Of(absent)}", Values.Count - absent.Length) { ShowsValues = true };
    }

    // Several values that are equally common must all be allowed.
    private TableOutcome JudgeMostCommon(ValueCounts counts)
    {
        if (counts.Total == 0)
        {
            return new TableOutcome(false, "no values");
        }

        var most = counts.Counts.Max();
        string[] common = [.. counts.Values.Where(value => value.Count == most).Select(value => value.Text).Order(StringComparer.Ordinal)];
        return new TableOutcome(common.All(value => Values.Contains(value, StringComparer.Ordinal)), $"most common {SetWords.Of(common)}", (double)most / counts.Total) { ShowsValues = true };
    }
}
