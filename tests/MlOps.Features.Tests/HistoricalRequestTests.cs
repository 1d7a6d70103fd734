using MlOps.Data;
using MlOps.Testing;

namespace MlOps.Features.Tests;

public sealed class HistoricalRequestTests
{
    private static readonly FeatureView View = FeatureView.Define("arrivals_view", ["origin"], "arrivals", "time", v => v
        .Latest("late_now", "late").Created("created"));

    private static readonly FeatureService Service = FeatureService.Define("s", s => s.FromRequest("origin").From(View));
    private static readonly FeatureStore Store = new(new InMemoryOnlineStore());

    private static Rows Spine => new Rows().Text("origin", "a", "b").Hours("at", 2, 2).Number("label", 1, null);

    private static Rows Arrivals => new Rows().Text("origin", "a", "a", "a").Hours("time", 1, 1.5, 3).Hours("created", 1, 5, 3).Number("late", 1, 2, 3);

    private static HistoricalFeatureRequest Request => new()
    {
        Spine = Spine.As("flights"),
        EventTime = "at",
        Features = Service,
        Sources = { ["arrivals"] = Arrivals.As("arrivals") },
        KeepColumns = ["label", "at"],
    };

    [Fact]
    public async Task Kept_columns_come_first_and_the_table_is_read_again_after_its_batches_were_disposed()
    {
        var table = await Store.GetHistoricalAsync(Request, TestContext.Current.CancellationToken);
        var schema = await table.GetSchemaAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["label", "at", "origin", "late_now"], schema.FieldsList.Select(field => field.Name));
        for (var reading = 0; reading < 2; reading++)
        {
            Assert.Equal([1, FeatureValue.Missing], await Rows.ReadAsync(table, "label"));
            Assert.Equal([Rows.At(2), Rows.At(2)], await Rows.ReadAsync(table, "at"));
            Assert.Equal(["a", "b"], await Rows.ReadAsync(table, "origin"));
            Assert.Equal([1, FeatureValue.Missing], await Rows.ReadAsync(table, "late_now"));
        }
    }

    [Fact]
    public async Task A_missing_source_is_named_with_its_view()
    {
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Store.GetHistoricalAsync(
            Request with { Sources = new Dictionary<string, Dataset>() }, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.FeatureSourceMissing, error.Code);
        Assert.Contains("'arrivals_view' reads the source 'arrivals'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_column_is_reported_with_the_nearest_name()
    {
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Store.GetHistoricalAsync(
            Request with { KeepColumns = ["lable"] }, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.ColumnNotFound, error.Code);
        Assert.Contains("'label'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_leakage_audit_counts_what_a_careless_join_would_change()
    {
        var audit = await Store.AuditLeakageAsync(Request, TestContext.Current.CancellationToken);
        Assert.Equal((2L, 1L, 1L), (audit.Rows, audit.FutureRows, audit.UnknownRows));
        Assert.Equal("late_now", Assert.Single(audit.Features).Feature);
    }

    [Fact]
    public void A_name_cannot_stand_twice_in_a_service()
    {
        var error = Assert.Throws<MlOpsException>(() => FeatureService.Define("s", s => s.FromRequest("late_now").From(View)));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
    }
}
