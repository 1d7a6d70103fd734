namespace MlOps.Data.Tests.Schemas;

public sealed class SchemaChangeTests
{
    private static readonly DataSchema Base = new()
    {
        Name = "people",
        Columns =
        [
            new() { Name = "age", Type = ColumnKind.Number, Minimum = 0, Maximum = 120 },
            new() { Name = "city", Type = ColumnKind.Text, Values = ["Bonn", "Rome"], MissingShare = 0.1 },
            new() { Name = "code", Type = ColumnKind.Text, MinLength = 2, MaxLength = 4, Pattern = "^[A-Z]+$", Unique = true },
            new() { Name = "born", Type = ColumnKind.Time, Earliest = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        ],
    };

    [Fact]
    public void Equal_schemas_have_no_changes()
    {
        var diff = DataSchema.Diff(Base, Base with { Columns = [.. Base.Columns] });
        Assert.Empty(diff.Changes);
        Assert.False(diff.IsBreaking);
        Assert.Contains("No changes.", diff.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_breaking_when_data_that_passed_may_fail(
        int column, Func<DataSchemaColumn, DataSchemaColumn> change, bool isBreaking, string description)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = Base with { Columns = [.. Base.Columns.Select((own, i) => i == column ? change(own) : own)] };
        var diff = DataSchema.Diff(Base, changed);
        var found = Assert.Single(diff.Changes);
        Assert.Equal((isBreaking, description), (diff.IsBreaking, found.ToString()));
        Assert.Equal(isBreaking ? SchemaChangeKind.Breaking : SchemaChangeKind.Compatible, found.Kind);
        Assert.Contains(found.Description, diff.ToText(), StringComparison.Ordinal);
    }

    public static TheoryData<int, Func<DataSchemaColumn, DataSchemaColumn>, bool, string> Changes() => new()
    {
        { 0, column => column with { Maximum = 100 }, true, "age: maximum 120 → 100" },
        { 0, column => column with { Maximum = 130 }, false, "age: maximum 120 → 130" },
        { 0, column => column with { Minimum = null }, false, "age: minimum 0 → none" },
        { 0, column => column with { Minimum = 1 }, true, "age: minimum 0 → 1" },
        { 0, column => column with { MissingShare = 0.5 }, false, "age: missing up to 0% → 50%" },
        { 0, column => column with { LessThan = "code" }, true, "age: less than none → code" },
        { 1, column => column with { MissingShare = 0 }, true, "city: missing up to 10% → 0%" },
        { 1, column => column with { Values = ["Bonn", "Rome", "Oslo"] }, false, "city: allowed as well: Oslo" },
        { 1, column => column with { Values = ["Bonn", "Oslo"] }, true, "city: no longer allowed: Rome; allowed as well: Oslo" },
        { 1, column => column with { Values = null }, false, "city: values are no longer limited" },
        { 2, column => column with { Values = ["AB"] }, true, "code: values are limited to AB" },
        { 2, column => column with { Pattern = null }, false, "code: pattern ^[A-Z]+$ → none" },
        { 2, column => column with { Unique = false }, false, "code: need not be unique" },
        { 2, column => column with { MinLength = 3 }, true, "code: min_length 2 → 3" },
        { 3, column => column with { Latest = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) }, true,
            "born: latest none → 2030-01-01T00:00:00Z" },
        { 3, column => column with { Earliest = null }, false, "born: earliest 1900-01-01T00:00:00Z → none" },
        { 3, column => column with { Type = ColumnKind.Text, Earliest = null }, true, "born: type Time → Text" },
        { 3, column => column with { Classification = DataClassification.Personal }, false, "born: classification Open → Personal" },
    };

    [Fact]
    public void Columns_that_come_and_go_are_told()
    {
        var diff = DataSchema.Diff(Base, Base with { Columns = [.. Base.Columns.Skip(1), new() { Name = "zip", Type = ColumnKind.Text }] });
        Assert.Equal(["zip: is required: Text", "age: is no longer required"], diff.Changes.Select(change => change.ToString()));
    }

    [Fact]
    public void Values_of_personal_columns_are_not_told()
    {
        var personal =
            Base with { Columns = [.. Base.Columns.Select(column => column with { Classification = DataClassification.Personal })] };
        var changed = personal with
        {
            Columns =
            [.. personal.Columns.Select(column => column.Name == "city" ? column with { Values = ["Oslo"] } : column)]
        };
        Assert.Equal(
            "city: no longer allowed: •••; allowed as well: •••", Assert.Single(DataSchema.Diff(personal, changed).Changes).ToString());
    }

    [Fact]
    public async Task A_schema_evolves_just_as_far_as_the_data_need_it()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Dataset.FromEnumerable("people", Enumerable.Range(0, 200), c => c
            .Column("age", i => 50 + i)
            .Column("city", i => i < 100 ? null : i % 2 == 0 ? "Bonn" : "Oslo")
            .Column("code", i => i % 2 == 0 ? "A" : "BC")
            .Column("born", i => DateTimeOffset.UnixEpoch.AddDays(i))
            .Column("new", i => i));
        var evolved = Base.Evolve(await data.ProfileAsync(cancellationToken: token));
        Assert.Equal((0.0, 249.0), (evolved.Columns[0].Minimum, evolved.Columns[0].Maximum));
        Assert.Equal(["Bonn", "Rome", "Oslo"], evolved.Columns[1].Values);
        Assert.Equal(0.5, evolved.Columns[1].MissingShare);
        Assert.Equal((1, 4, false), (evolved.Columns[2].MinLength, evolved.Columns[2].MaxLength, evolved.Columns[2].Unique));
        Assert.Equal(Base.Columns[3], evolved.Columns[3]);
        Assert.Equal(4, evolved.Columns.Count);
        var diff = DataSchema.Diff(Base, evolved);
        Assert.False(diff.IsBreaking);
        Assert.Equal(5, diff.Changes.Count);
        var report = await evolved.ToChecks().RunAsync(data, token);
        Assert.True(report.Passed, report.ToString());
    }
}
