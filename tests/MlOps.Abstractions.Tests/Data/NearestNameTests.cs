using FsCheck;
using FsCheck.Xunit;
using MlOps.Data;

namespace MlOps.Abstractions.Tests.Data;

public sealed class NearestNameTests
{
    private static readonly string[] Columns = ["distance", "destination", "origin", "date", "delay"];

    [Theory]
    [InlineData("distence", "distance")]
    [InlineData("DELAY", "delay")]
    [InlineData("dealy", "delay")]
    [InlineData("orign", "origin")]
    [InlineData("dat", "date")]
    [InlineData("distanc e", "distance")]
    public void A_typing_error_finds_the_name_that_was_meant(string typed, string meant) =>
        Assert.Equal(meant, NearestName.Of(typed, Columns));

    [Theory]
    [InlineData("temperature")]
    [InlineData("customer_id")]
    public void A_name_that_is_far_from_all_finds_none(string typed) => Assert.Null(NearestName.Of(typed, Columns));

    [Fact]
    public void Without_candidates_there_is_none() => Assert.Null(NearestName.Of("delay", []));

    [Fact]
    public void Of_equally_near_names_the_first_is_taken() => Assert.Equal("ab1", NearestName.Of("ab", ["ab1", "ab2"]));

    [Property(MaxTest = 300)]
    public void A_name_among_the_candidates_finds_itself(NonEmptyString name, NonEmptyString[] others)
    {
        var found = NearestName.Of(name.Get, [.. others.Select(other => other.Get), name.Get]);

        Assert.Equal(name.Get, found, ignoreCase: true);
    }

    [Property(MaxTest = 300)]
    public void The_answer_is_one_of_the_candidates_or_none(string? name, NonEmptyString[] candidates)
    {
        var found = NearestName.Of(name ?? "", candidates.Select(candidate => candidate.Get));

        Assert.True(found is null || candidates.Any(candidate => candidate.Get == found));
    }
}
