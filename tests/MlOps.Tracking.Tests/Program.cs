using Xunit.MicrosoftTestingPlatform;

namespace MlOps.Tracking.Tests;

/// <summary>Runs the tests, or is the process whose end they look at.</summary>
internal static class Program
{
    // No module initializer does: while it runs, no other thread enters a method of this program for the first time.
    public static async Task<int> Main(string[] arguments)
    {
        if (EndingProgram.Asked is { } end)
        {
            await EndingProgram.EndAsync(end);
            return 0;
        }

        return await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }
}
